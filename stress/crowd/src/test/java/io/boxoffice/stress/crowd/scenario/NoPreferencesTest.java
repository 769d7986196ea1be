package io.boxoffice.stress.crowd.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.commons.util.LatestGatlingRelease$;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoPreferencesTest {

  @Test
  void gatlingDoesNotLookForItsNewestVersion() {
    List<URI> asked = new ArrayList<>();
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            throw new IllegalArgumentException("no other host may be called");
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    try {
      NoPreferences.Factory.install();
      assertThat(LatestGatlingRelease$.MODULE$.load().isEmpty()).isTrue();
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(asked).isEmpty();
  }
}
