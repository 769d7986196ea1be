/** Buyers that repeat a request with its key until they know its outcome, and what they saw. */
package io.boxoffice.lab.load;
