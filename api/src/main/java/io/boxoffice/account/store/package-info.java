/** Holds the SQL of accounts, one-time codes, identities, sessions and signing keys. */
package io.boxoffice.account.store;
