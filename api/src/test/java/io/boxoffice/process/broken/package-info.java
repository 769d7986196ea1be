/** Requests that no careful client sends, and the rules that their answers keep all the same. */
package io.boxoffice.process.broken;
