package io.boxoffice.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.host.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SiteDatabaseTest {
  @Test
  void aDatabaseOfASiteReplicatesRowsToTheOtherSiteByItsOwnLink() {
    assertThat(SiteDatabase.settings(new Node("db-a", 41, Path.of("/var/lib/lab/db-a"))).lines())
        .contains("listen_addresses = '10.77.0.41,10.77.2.41'", "wal_level = logical");
  }

  @Test
  void aSubscriptionHasTheNameOfItsOwnSite() {
    assertThat(SiteDatabase.subscription("a")).isEqualTo("boxoffice_a");
  }
}
