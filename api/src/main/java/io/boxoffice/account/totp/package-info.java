/** The calls by which a person switches the second factor of their account on and off. */
package io.boxoffice.account.totp;
