/** What the clients of other services share: which addresses are safe, and how much they read. */
package io.boxoffice.platform.http.client;
