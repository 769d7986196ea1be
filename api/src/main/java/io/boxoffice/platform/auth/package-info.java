/** Access control: buyers need no token, operators need one. */
package io.boxoffice.platform.auth;
