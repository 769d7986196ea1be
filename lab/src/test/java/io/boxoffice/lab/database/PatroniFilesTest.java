package io.boxoffice.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.boxoffice.lab.host.Node;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatroniFilesTest {
  private static final List<Node> NODES =
      List.of(node("db1", 11), node("db2", 12), node("db3", 13));

  @Test
  void theShippedConfigurationWaitsForAStandbyAndGivesUpEarly() throws JsonProcessingException {
    JsonNode dcs = patroni(Configuration.SHIPPED).at("/bootstrap/dcs");

    assertThat(dcs.at("/synchronous_mode").asBoolean()).isTrue();
    assertThat(dcs.at("/synchronous_mode_strict").asBoolean()).isTrue();
    assertThat(dcs.at("/ttl").asInt()).isEqualTo(7);
    assertThat(dcs.at("/postgresql/use_slots").asBoolean(true)).isFalse();
    assertThat(dcs.at("/primary_start_timeout").asInt(-1)).isZero();
    assertThat(dcs.at("/failsafe_mode").asBoolean()).isTrue();
    assertThat(dcs.at("/postgresql/parameters/wal_sender_timeout").asText()).isEqualTo("5s");
  }

  @Test
  void theDefaultConfigurationIsThatOfPatroni() throws JsonProcessingException {
    JsonNode dcs = patroni(Configuration.DEFAULT).at("/bootstrap/dcs");

    assertThat(dcs.at("/synchronous_mode").asBoolean()).isFalse();
    assertThat(dcs.at("/ttl").asInt()).isEqualTo(30);
    assertThat(dcs.at("/postgresql/use_slots").asBoolean()).isTrue();
    assertThat(dcs.at("/postgresql/parameters").has("wal_sender_timeout")).isFalse();
  }

  @Test
  void aNodeListensToItselfAndAsksAllEtcd() throws JsonProcessingException {
    JsonNode file = patroni(Configuration.SHIPPED);

    assertThat(file.at("/name").asText()).isEqualTo("db2");
    assertThat(file.at("/postgresql/listen").asText()).isEqualTo("10.77.0.12:5432");
    assertThat(file.at("/etcd/hosts"))
        .extracting(JsonNode::asText)
        .containsExactly("10.77.1.11:2379", "10.77.1.12:2379", "10.77.1.13:2379");
    assertThat(file.at("/postgresql/authentication/superuser/password").asText())
        .isEqualTo("first");
  }

  @Test
  void etcdUsesTheLinksThatAFaultCanCut() {
    assertThat(PatroniFiles.etcd(NODES.get(0), NODES))
        .contains("http://10.77.1.11:2379")
        .contains(
            "db1=http://10.77.1.11:2380,db2=http://10.77.1.12:2380,db3=http://10.77.1.13:2380");
  }

  @Test
  void theShopLooksForThePrimaryWithinShortLimits() {
    assertThat(Addresses.primaryOf(NODES))
        .startsWith("jdbc:postgresql://10.77.0.11:5432,10.77.0.12:5432,10.77.0.13:5432/boxoffice?")
        .contains("targetServerType=primary", "connectTimeout=1", "socketTimeout=4");
  }

  private static JsonNode patroni(Configuration configuration) throws JsonProcessingException {
    return new YAMLMapper()
        .readTree(
            PatroniFiles.patroni(
                NODES.get(1),
                NODES,
                configuration,
                new Credentials("first", "second", "third"),
                Path.of("/usr/lib/postgresql/15/bin")));
  }

  private static Node node(String name, int number) {
    return new Node(name, number, Path.of("/var/lib/lab", name));
  }
}
