/**
 * What happens before any servlet: connections and their bodies, the client's address, and Jetty's
 * own errors. No client can hold a thread here, whether it sends slowly or does not read.
 */
package io.boxoffice.platform.http.server;
