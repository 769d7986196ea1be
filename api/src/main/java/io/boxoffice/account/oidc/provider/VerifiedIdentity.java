package io.boxoffice.account.oidc.provider;

/**
 * Holds what a verified ID token says about a person.
 *
 * @param issuer the {@code iss}
 * @param subject the {@code sub}
 * @param email the address, if the provider says that it is the person's; else null
 */
public record VerifiedIdentity(String issuer, String subject, String email) {}
