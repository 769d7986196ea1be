/**
 * Tests of every route with wrong, unusual and conditional requests. A new route is included
 * automatically.
 */
package io.boxoffice.conduct;
