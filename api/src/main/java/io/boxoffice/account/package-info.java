/** Accounts: registering with a verified address, signing in, and one's own data. */
package io.boxoffice.account;
