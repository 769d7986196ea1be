package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code identity_sign_ins}: a sign-in that began and has not ended. It contains no
 * secret: the client keeps the code verifier.
 *
 * @param state what the provider must return with the code
 * @param nonce what the ID token must contain
 * @param codeChallenge the SHA-256 of the code verifier, in base64url
 */
public record IdentitySignInRow(
    UUID id,
    String state,
    String nonce,
    String codeChallenge,
    String redirectUri,
    Instant createdAt,
    Instant expiresAt) {}
