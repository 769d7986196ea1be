/** Signs people in by OpenID Connect, and links their identities at the provider to accounts. */
package io.boxoffice.account.oidc;
