/** Decides which passwords are allowed, and hashes and compares them within bounds. */
package io.boxoffice.account.password;
