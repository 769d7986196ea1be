/** Holds the SQL of accounts, one-time codes, sessions and signing keys. */
package io.boxoffice.account.store;
