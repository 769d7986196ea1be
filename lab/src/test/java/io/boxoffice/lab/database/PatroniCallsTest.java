package io.boxoffice.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PatroniCallsTest {
  private static final String LEADER = member("db1", "leader", "running", 3, "");
  private static final String SYNC = member("db2", "sync_standby", "running", 3, ", \"lag\": 0");
  private static final String REPLICA = member("db3", "replica", "running", 3, ", \"lag\": 512");

  @Test
  void aClusterOfThreeThatReplicatesIsComplete() throws JsonProcessingException {
    assertThat(isComplete(true, LEADER, SYNC, REPLICA)).isTrue();
  }

  @Test
  void aMissingMemberIsNot() throws JsonProcessingException {
    assertThat(isComplete(true, LEADER, SYNC)).isFalse();
    assertThat(isComplete(true, SYNC, REPLICA)).isFalse();
  }

  @Test
  void aStandbyWithoutFiguresOrOnAnOldTimelineIsNot() throws JsonProcessingException {
    String unknown = member("db3", "replica", "running", 3, ", \"lag\": \"unknown\"");
    String old = member("db3", "replica", "running", 2, ", \"lag\": 0");
    String far = member("db3", "replica", "running", 3, ", \"lag\": 90000000");

    assertThat(isComplete(true, LEADER, SYNC, unknown)).isFalse();
    assertThat(isComplete(true, LEADER, SYNC, old)).isFalse();
    assertThat(isComplete(true, LEADER, SYNC, far)).isFalse();
  }

  @Test
  void aSynchronousStandbyIsNeededOnlyIfItIsConfigured() throws JsonProcessingException {
    String second = member("db2", "replica", "running", 3, ", \"lag\": 0");

    assertThat(isComplete(true, LEADER, second, REPLICA)).isFalse();
    assertThat(isComplete(false, LEADER, second, REPLICA)).isTrue();
  }

  private static boolean isComplete(boolean synchronous, String... members)
      throws JsonProcessingException {
    return PatroniCalls.isComplete(
        new ObjectMapper().readTree("{\"members\": [%s]}".formatted(String.join(",", members))),
        3,
        synchronous);
  }

  private static String member(String name, String role, String state, int timeline, String more) {
    return "{\"name\": \"%s\", \"role\": \"%s\", \"state\": \"%s\", \"timeline\": %d%s}"
        .formatted(name, role, state, timeline, more);
  }
}
