/**
 * Rate limits: policies say how many requests a client may send, and a filter refuses the rest with
 * 429. Read {@link io.boxoffice.platform.limit.RateLimitModule} first.
 */
package io.boxoffice.platform.limit;
