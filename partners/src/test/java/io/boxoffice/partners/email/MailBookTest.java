package io.boxoffice.partners.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import io.boxoffice.platform.http.strict.StrictJson;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailBookTest {
  @TempDir private Path directory;

  @Test
  void aDeletedMailLeavesTheFileAndTheOthersStay() throws Exception {
    MailBook book = new MailBook();
    Journal<MailEntry> journal = open(book);
    Mail first = accept(journal, "first", Mail.State.KEPT);
    Mail second = accept(journal, "second", Mail.State.QUEUED);
    end(journal, second);
    assertThat(book.queued()).isZero();

    assertThat(book.deleteBefore(second.createdAt())).isTrue();
    journal.compact().get(60, TimeUnit.SECONDS);
    String file = Files.readString(directory.resolve("ledger.jsonl"));
    assertThat(file.lines()).hasSize(1);
    assertThat(file).doesNotContain(first.id().toString());
    Mail third = accept(journal, "third", Mail.State.QUEUED);
    journal.stop();

    MailBook replayed = new MailBook();
    open(replayed).stop();
    assertThat(replayed.mail(first.id())).isEmpty();
    assertThat(replayed.acceptedWith("first")).isEmpty();
    assertThat(replayed.acceptedWith("second").orElseThrow().state()).isEqualTo(Mail.State.SENT);
    assertThat(replayed.queuedMails()).containsExactly(third);
    assertThat(replayed.characters()).isEqualTo(book.characters());
    assertThat(replayed.page(null, second.id(), 9).orElseThrow().items()).containsExactly(third);
  }

  private Journal<MailEntry> open(MailBook book) {
    var json = Jackson.newObjectMapper();
    StrictJson.applyTo(json);
    Journal<MailEntry> journal =
        new Journal<>(
            Clock.systemUTC(),
            new JournalPlace("email", "EMAIL_DATA_DIR", directory),
            json,
            MailEntry.class,
            book::apply,
            book::latest,
            book);
    journal.start();
    return journal;
  }

  private static Mail accept(Journal<MailEntry> journal, String key, Mail.State state)
      throws Exception {
    UUID id = UUID.randomUUID();
    return journal
        .append(
            now ->
                new MailEntry.Accepted(
                    new Mail(id, key, "ada@example.com", "s", key, state, now, null, null)))
        .get(60, TimeUnit.SECONDS)
        .mail();
  }

  private static void end(Journal<MailEntry> journal, Mail mail) throws Exception {
    Instant sent = mail.createdAt();
    journal
        .append(now -> new MailEntry.Ended(mail.id(), Mail.State.SENT, null, sent))
        .get(60, TimeUnit.SECONDS);
  }
}
