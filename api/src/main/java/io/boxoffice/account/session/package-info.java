/**
 * Sessions: access tokens, refresh tokens, signing keys, and how each replica learns of ended ones.
 */
package io.boxoffice.account.session;
