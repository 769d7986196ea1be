package io.boxoffice.account.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.google.common.io.Resources;
import com.google.common.util.concurrent.Uninterruptibles;
import io.boxoffice.platform.error.ProblemException;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PasswordTest {
  private static final String EMAIL = "ada@example.com";

  private final PasswordHasher hasher = new PasswordHasher(new SecureRandom());

  @Test
  void aHashIsArgon2idInPhcFormatWithAtLeastOwaspsMinimum() {
    String hash = hasher.hash("a quiet lamp over nine doors");
    assertThat(hash)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(hasher.hash("a quiet lamp over nine doors")).isNotEqualTo(hash);
    assertThat(hasher.matches("a quiet lamp over nine doors", hash)).isTrue();
    assertThat(hasher.matches("a quiet lamp over nine door", hash)).isFalse();
  }

  @Test
  void anUnknownAccountMatchesNothing() {
    assertThat(hasher.matches("a quiet lamp over nine doors", null)).isFalse();
  }

  @Test
  void thePasswordIsComparedInNfc() {
    String hash = hasher.hash("u\u0308ber neun finstere Lampen");
    assertThat(hasher.matches("\u00fcber neun finstere Lampen", hash)).isTrue();
    // NFKC would also equate compatibility characters, which a person typed on purpose.
    assertThat(hasher.matches("\u00fcber neun \ufb01nstere Lampen", hash)).isFalse();
  }

  @Test
  void theRulesCountCharactersInNfc() {
    PasswordRules rules = PasswordRules.shipped();
    String fourteen = "lamp \u00fcber t\u00fcre";
    String typedOnAnotherSystem = Normalizer.normalize(fourteen, Normalizer.Form.NFD);
    assertThat(fourteen).hasSize(14);
    assertThat(typedOnAnotherSystem).hasSizeGreaterThanOrEqualTo(PasswordRules.SHORTEST);
    assertThatThrownBy(() -> rules.require("password", typedOnAnotherSystem, EMAIL))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void everyCharacterOfAPasswordCounts() {
    String longest = "A quiet lamp ".repeat(9) + "over nine d";
    assertThat(longest).hasSize(PasswordRules.LONGEST);
    String hash = hasher.hash(longest);
    assertThat(hasher.matches(longest, hash)).isTrue();
    for (String other :
        new String[] {
          longest.substring(0, 127),
          longest.substring(0, 127) + "e",
          longest.toLowerCase(Locale.ROOT),
          longest + " ",
          " " + longest
        }) {
      assertThat(hasher.matches(other, hash)).as(other).isFalse();
    }
  }

  @Test
  void aLengthCountsCodePoints() {
    PasswordRules rules = PasswordRules.shipped();
    String fifteen = "\ud83d\udd11\ud83c\udf19 nine doors";
    assertThat(fifteen.codePointCount(0, fifteen.length())).isEqualTo(13);
    assertThatThrownBy(() -> rules.require("password", fifteen, EMAIL))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> rules.require("password", fifteen + " !", EMAIL))
        .doesNotThrowAnyException();
  }

  @Test
  void noCompositionIsRequired() {
    PasswordRules rules = PasswordRules.shipped();
    assertThatCode(() -> rules.require("password", "lamps over doors", EMAIL))
        .doesNotThrowAnyException();
    assertThatCode(() -> rules.require("password", "   lamps   doors   ", EMAIL))
        .doesNotThrowAnyException();
  }

  @Test
  void everyLineOfTheBlocklistCanBeChosenOtherwise() throws IOException {
    for (String line :
        Resources.readLines(
            Resources.getResource("passwords/blocklist.txt"), StandardCharsets.UTF_8)) {
      if (!line.startsWith("#")) {
        assertThat(line)
            .hasSizeBetween(PasswordRules.SHORTEST, PasswordRules.LONGEST)
            .isEqualTo(Normalizer.normalize(line, Normalizer.Form.NFC))
            .isEqualTo(line.toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void aFullQueueRejectsAndCountsItsRequests() throws InterruptedException {
    MetricRegistry metrics = new MetricRegistry();
    HashingQueue queue =
        new HashingQueue(new HashingSettings(1, 2), metrics, new CollectorRegistry());
    CountDownLatch release = new CountDownLatch(1);
    try {
      for (int i = 0; i < 3; i++) {
        queue.requireRoom();
        var unused = queue.submit(() -> await(release));
      }
      assertThat(metrics.getGauges().get("hashing.queue.depth").getValue()).isEqualTo(2);
      assertThatThrownBy(queue::requireRoom).isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> queue.submit(() -> true))
          .isInstanceOfSatisfying(
              ProblemException.class,
              full -> {
                assertThat(full.problem().code()).isEqualTo("overloaded");
                assertThat(full.retryAfterSeconds()).hasValue(5);
              });
      assertThat(metrics.meter("hashing.queue.rejections").getCount()).isEqualTo(2);
    } finally {
      release.countDown();
      queue.stop();
    }
  }

  @Test
  void aThreadPausesThreeTimesAsLongAsAHashTook() throws InterruptedException {
    HashingQueue queue =
        new HashingQueue(new HashingSettings(1, 2), new MetricRegistry(), new CollectorRegistry());
    Duration hash = Duration.ofMillis(100);
    try {
      CompletionStage<Long> first =
          queue.submit(
              () -> {
                Uninterruptibles.sleepUninterruptibly(hash);
                return System.nanoTime();
              });
      long nextBegan = queue.submit(System::nanoTime).toCompletableFuture().join();
      assertThat(nextBegan - first.toCompletableFuture().join())
          .isGreaterThanOrEqualTo(3 * hash.toNanos());
    } finally {
      queue.stop();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException ended) {
      return false;
    }
  }
}
