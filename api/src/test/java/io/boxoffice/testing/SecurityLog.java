package io.boxoffice.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.boxoffice.account.session.SecurityEvents;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Collects the security events that the service logs while it is open, for tests. */
public final class SecurityLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger(SecurityEvents.class);
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /** Begins to collect. */
  public SecurityLog() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  /** Returns the lines so far. */
  public List<String> lines() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Whether an event of this name was logged. */
  public boolean has(String event) {
    return lines().stream().anyMatch(line -> line.startsWith("Security event " + event));
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }
}
