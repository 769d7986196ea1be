/** The contract for machines, and a page on which a person can read and try it. */
package io.boxoffice.platform.openapi;
