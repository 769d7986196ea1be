/** Who may do what: buyers need nothing, operators a token. */
package io.boxoffice.platform.auth;
