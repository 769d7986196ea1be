package io.boxoffice.partners.email;

import io.boxoffice.partners.journal.Compaction;
import io.boxoffice.partners.journal.Timeline;
import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Holds the mails that are on disk, in the order in which they were accepted. */
final class MailBook implements Compaction<MailEntry> {
  private static final int FEWEST_LINES = 10_000;
  private static final int LINES_PER_MAIL = 4;

  private final Timeline<Mail> mails = new Timeline<>(Mail::id, Mail::createdAt);
  private final Map<String, UUID> keys = new HashMap<>();
  private long characters;
  private int queued;

  /** Adds an entry. An end without its mail belongs to a mail that was deleted meanwhile. */
  synchronized void apply(MailEntry entry) {
    if (entry instanceof MailEntry.Accepted accepted) {
      Mail mail = accepted.mail();
      mails.add(mail);
      keys.put(mail.key(), mail.id());
      characters += mail.request().characters();
      queued += mail.state() == Mail.State.QUEUED ? 1 : 0;
    } else if (entry instanceof MailEntry.Ended ended) {
      mails
          .get(ended.mailId())
          .ifPresent(
              mail -> {
                mails.replace(mail.endedBy(ended));
                queued -= mail.state() == Mail.State.QUEUED ? 1 : 0;
              });
    }
  }

  /** Returns when the last mail was accepted; the earliest time if there is none. */
  synchronized Instant latest() {
    return mails.latest();
  }

  /** Returns the number of mails. */
  synchronized int size() {
    return mails.size();
  }

  /** Returns how many characters all mails have together. */
  synchronized long characters() {
    return characters;
  }

  /** Returns how many mails wait for an attempt. */
  synchronized int queued() {
    return queued;
  }

  /** Returns the mails that wait for an attempt, the oldest first. */
  synchronized List<Mail> queuedMails() {
    return mails.all().stream().filter(mail -> mail.state() == Mail.State.QUEUED).toList();
  }

  /** Finds a mail. */
  synchronized Optional<Mail> mail(UUID id) {
    return mails.get(id);
  }

  /** Finds the mail that was accepted with a key. */
  synchronized Optional<Mail> acceptedWith(String key) {
    return Optional.ofNullable(keys.get(key)).flatMap(mails::get);
  }

  /** Returns a page; the parameters are those of {@link Timeline#page(Instant, UUID, int)}. */
  synchronized Optional<Page<Mail>> page(Instant since, UUID after, int limit) {
    return mails.page(since, after, limit);
  }

  /**
   * Forgets the mails that were accepted before a time.
   *
   * @return whether there were any
   */
  synchronized boolean deleteBefore(Instant time) {
    List<Mail> old = mails.removeBefore(time);
    for (Mail mail : old) {
      keys.remove(mail.key());
      characters -= mail.request().characters();
      queued -= mail.state() == Mail.State.QUEUED ? 1 : 0;
    }
    return !old.isEmpty();
  }

  @Override
  public synchronized boolean isDue(long lines) {
    return lines > FEWEST_LINES + (long) LINES_PER_MAIL * mails.size();
  }

  @Override
  public synchronized List<MailEntry> entries() {
    List<MailEntry> entries = new ArrayList<>();
    for (Mail mail : mails.all()) {
      entries.add(new MailEntry.Accepted(mail));
    }
    return entries;
  }
}
