/** Manages concerts and their ticket types: operators change them, and all clients read them. */
package io.boxoffice.concert;
