/**
 * Checks each part of a request in one place before other code acts on it: path, method, headers,
 * parameters, characters, ids and texts. The rules are in docs/adr/0027.
 */
package io.boxoffice.platform.http.strict;
