package io.boxoffice.partners.journal;

import java.nio.file.Path;

/**
 * Says where a role keeps its journal, and how error messages name it.
 *
 * @param role such as {@code payment}
 * @param setting the environment variable that sets the folder, such as {@code PAYMENT_DATA_DIR}
 */
public record JournalPlace(String role, String setting, Path directory) {}
