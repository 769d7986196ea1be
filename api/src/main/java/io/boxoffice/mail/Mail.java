package io.boxoffice.mail;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** Represents a mail for operators. */
@Schema(requiredProperties = {"id", "recipient", "kind", "subject", "body", "createdAt"})
public record Mail(
    UUID id, String recipient, String kind, String subject, String body, Instant createdAt) {}
