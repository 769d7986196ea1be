/**
 * Redis, which is optional: a connection that costs the service nothing when Redis is slow, frozen
 * or gone. Read {@link io.boxoffice.platform.redis.Redis} first.
 */
package io.boxoffice.platform.redis;
