package io.boxoffice.mail.smtp;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds what one mail says and to whom.
 *
 * @param id becomes the Message-ID, the same for each attempt
 * @param body plain text
 * @param createdAt becomes the Date
 */
public record Letter(UUID id, String recipient, String subject, String body, Instant createdAt) {}
