package io.boxoffice.account;

import io.boxoffice.account.session.Session;
import io.boxoffice.platform.http.Page;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Represents the data that the service holds about a person (GDPR, article 15).
 *
 * @param sessions the first page of them; the list of sessions has the others
 */
@Schema(requiredProperties = {"account", "sessions"})
public record AccountExport(Account account, Page<Session> sessions) {}
