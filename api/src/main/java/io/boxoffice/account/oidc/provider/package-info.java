/** Speaks OpenID Connect with the identity provider, within limits of time and size. */
package io.boxoffice.account.oidc.provider;
