package io.boxoffice.partners.search;

import io.boxoffice.platform.http.strict.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * What the index knows of a concert. The words are those of the shop.
 *
 * @param startsAt when the concert begins
 */
public record ConcertText(
    @NotNull @Size(max = 200) @PlainText String title,
    @NotNull @Size(max = 200) @PlainText String artist,
    @NotNull @Size(max = 200) @PlainText String venue,
    @NotNull Instant startsAt) {}
