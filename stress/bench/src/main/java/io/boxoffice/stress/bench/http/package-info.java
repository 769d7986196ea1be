/**
 * The generator of HTTP load: one thread, raw sockets, requests that are bytes before they are
 * sent.
 */
package io.boxoffice.stress.bench.http;
