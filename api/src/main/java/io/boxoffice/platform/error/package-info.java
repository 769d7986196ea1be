/** How the service says no: one shape (RFC 9457), stable codes, and no exception's text. */
package io.boxoffice.platform.error;
