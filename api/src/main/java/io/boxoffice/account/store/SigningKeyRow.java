package io.boxoffice.account.store;

import java.time.Instant;

/**
 * Holds a row of {@code signing_keys}.
 *
 * @param number counts the keys from 1
 * @param jwk the key pair (RFC 7517)
 * @param signsFrom when replicas begin to sign with it; they publish it at once
 */
public record SigningKeyRow(int number, String jwk, Instant signsFrom) {}
