package io.boxoffice.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Holds the answer of a partner that did what it was asked.
 *
 * @param status 200 to 299
 * @param body a JSON object
 * @param location the header of that name
 */
public record PartnerAnswer(int status, JsonNode body, Optional<String> location) {}
