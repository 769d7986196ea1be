/**
 * Keeps what a role has done on disk: entries in a file that only grows, and the state in memory
 * that they lead to.
 */
package io.boxoffice.partners.journal;
