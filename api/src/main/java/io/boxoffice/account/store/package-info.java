/** Holds the SQL of accounts, one-time codes, second factors, identities and sessions. */
package io.boxoffice.account.store;
