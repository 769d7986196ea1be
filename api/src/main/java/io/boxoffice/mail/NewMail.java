package io.boxoffice.mail;

/**
 * Holds a mail to send.
 *
 * @param recipient one address, as the person wrote it
 * @param kind names the reason in lower case with hyphens, such as {@code password-changed}
 * @param body plain text
 */
public record NewMail(String recipient, String kind, String subject, String body) {}
