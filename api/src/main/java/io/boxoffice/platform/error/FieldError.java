package io.boxoffice.platform.error;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Describes one error in one input.
 *
 * @param field the path of the field, the query parameter or the header, for example {@code
 *     ticketTypes[0].capacity}; {@code body} for the whole body
 * @param message what was expected
 */
@Schema(requiredProperties = {"field", "message"})
public record FieldError(String field, String message) {}
