package io.boxoffice.partner;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.KeyedPartner;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** Runs the whole service in one of the three ways, beside a partner of the test. */
abstract class WaysKit {
  static final Duration LIMIT = Duration.ofSeconds(60);

  final KeyedPartner partner = KeyedPartner.start();
  final TestDatabase database = TestDatabase.migrated();
  private final Deque<TestApplication> running = new ArrayDeque<>();

  @AfterEach
  void stop() {
    running.forEach(TestApplication::stop);
    partner.close();
  }

  /** Starts a replica. */
  final TestApplication start(Communication way) throws Exception {
    TestApplication application =
        TestApplication.on(database)
            .signing()
            .with("communication", way.name().toLowerCase(Locale.ROOT))
            .with("partners.emailUrl", partner.url())
            .with("partners.searchUrl", partner.url())
            .with("partners.analyticsUrl", partner.url())
            .with("partners.timeLimit", "500ms")
            .start();
    running.push(application);
    return application;
  }

  /** Stops a replica. */
  final void stop(TestApplication application) {
    running.remove(application);
    application.stop();
  }

  /** Reads a counter of a replica; 0 if it does not exist. */
  static double counter(TestApplication application, String series) {
    ApiClient admin = application.adminClient();
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$")
            .matcher(admin.get("/metrics").raw().body());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
