package io.boxoffice.account.session;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what happens to accounts and sessions, by their ids. No line contains an address, a
 * password, a code or a token, so that the log needs no more protection than before.
 */
public final class SecurityEvents {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityEvents.class);

  private SecurityEvents() {}

  /**
   * Logs an event of an account.
   *
   * @param event in lower case with hyphens, such as {@code password-changed}
   */
  public static void log(String event, UUID account) {
    LOG.info("Security event {}: account {}", event, account);
  }

  /**
   * Logs a change of an account if the transaction commits, so that no line reports what is not.
   */
  public static void log(Handle transaction, String event, UUID account) {
    transaction.afterCommit(() -> log(event, account));
  }

  /** Logs an event of a session. */
  public static void log(String event, UUID account, UUID session) {
    LOG.info("Security event {}: account {}, session {}", event, account, session);
  }

  /** Logs a change of a session if the transaction commits. */
  public static void log(Handle transaction, String event, UUID account, UUID session) {
    transaction.afterCommit(() -> log(event, account, session));
  }

  /** Logs an event without an account, such as a sign-in to an unknown address. */
  public static void log(String event) {
    LOG.info("Security event {}", event);
  }
}
