/** HTTP for all requests: request ids, limits, client addresses, pages and entity tags. */
package io.boxoffice.platform.http;
