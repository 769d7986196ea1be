/** The second factor: codes of authenticator apps, recovery codes, and how each works once. */
package io.boxoffice.account.factor;
