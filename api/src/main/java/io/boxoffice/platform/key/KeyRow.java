package io.boxoffice.platform.key;

import java.time.Instant;

/**
 * Holds a row of a table of keys.
 *
 * @param number tells the keys apart
 * @param jwk the key pair (RFC 7517); the public key alone once it signs no more
 * @param signsFrom when replicas begin to sign with it; they publish it at once
 */
public record KeyRow(int number, String jwk, Instant signsFrom) {}
