/** Holds the SQL of accounts, one-time codes, second factors, sessions and signing keys. */
package io.boxoffice.account.store;
