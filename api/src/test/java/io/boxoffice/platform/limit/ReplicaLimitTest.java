package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.limit.Policy.Scope;
import io.dropwizard.util.Duration;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplicaLimitTest {
  private static final Policy POLICY =
      TestPolicies.of("test", 5, Duration.seconds(60), Scope.REPLICA);

  private final AtomicLong now = new AtomicLong();
  private final ReplicaLimit limit =
      new ReplicaLimit(
          POLICY,
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return now.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  private String take() {
    Standing standing = limit.take("192.0.2.1");
    return standing.accepted() + " " + standing.item(POLICY);
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void aQuotaIsAcceptedAtOnceAndThenOneRequestForEachPeriod() {
    assertThat(take()).isEqualTo("true \"test\";r=4;t=12");
    pass(2);
    assertThat(take()).isEqualTo("true \"test\";r=3;t=10");
    assertThat(take()).isEqualTo("true \"test\";r=2;t=10");
    assertThat(take()).isEqualTo("true \"test\";r=1;t=10");
    assertThat(take()).isEqualTo("true \"test\";r=0;t=10");
    assertThat(take()).isEqualTo("false \"test\";r=0;t=10");
    pass(9);
    assertThat(take()).isEqualTo("false \"test\";r=0;t=1");
    pass(1);
    assertThat(take()).isEqualTo("true \"test\";r=0;t=12");
    pass(60);
    assertThat(take()).isEqualTo("true \"test\";r=4;t=12");
  }

  @Test
  void partitionsDoNotShareAQuota() {
    for (int i = 0; i < 6; i++) {
      take();
    }
    assertThat(limit.take("192.0.2.2").accepted()).isTrue();
    assertThat(take()).startsWith("false");
  }

  @Test
  void aFloodFromManyAddressesDoesNotFillTheMemory() {
    for (int i = 0; i < 3 * ReplicaLimit.MOST_PARTITIONS; i++) {
      limit.take("address-" + i);
    }
    assertThat(limit.partitions())
        .isBetween(ReplicaLimit.MOST_PARTITIONS / 2L, (long) ReplicaLimit.MOST_PARTITIONS);
  }

  @Test
  void anUnusedPartitionIsForgotten() {
    take();
    pass(61);
    assertThat(limit.partitions()).isZero();
  }
}
