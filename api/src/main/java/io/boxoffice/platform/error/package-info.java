/** Error responses: one format (RFC 9457), stable codes, and no text of an exception. */
package io.boxoffice.platform.error;
