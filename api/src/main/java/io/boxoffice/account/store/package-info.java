/**
 * Holds the SQL of accounts, one-time codes, second factors, identities, sessions and signing keys.
 */
package io.boxoffice.account.store;
