package io.boxoffice.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
  private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "192.0.2.7"));

  @Test
  void theHeaderOfAnUntrustedPeerIsIgnored() throws Exception {
    assertThat(client("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
  }

  @Test
  void theHeaderOfATrustedProxyIsUsed() throws Exception {
    assertThat(client("10.1.2.3", "198.51.100.1")).isEqualTo("198.51.100.1");
  }

  @Test
  void entriesLeftOfTheClientAreIgnored() throws Exception {
    assertThat(client("10.1.2.3", "127.0.0.1, 198.51.100.1, 192.0.2.7")).isEqualTo("198.51.100.1");
  }

  @Test
  void severalHeadersAreOneList() throws Exception {
    assertThat(client("10.1.2.3", "127.0.0.1", "198.51.100.1,10.9.9.9")).isEqualTo("198.51.100.1");
  }

  @Test
  void anInvalidEntryEndsTheSearch() throws Exception {
    assertThat(client("10.1.2.3", "198.51.100.1, evil.example")).isEqualTo("10.1.2.3");
    assertThat(client("10.1.2.3", "198.51.100.1, ,10.1.1.1")).isEqualTo("10.1.1.1");
  }

  @Test
  void withoutAHeaderTheProxyIsTheClient() throws Exception {
    assertThat(client("10.1.2.3")).isEqualTo("10.1.2.3");
  }

  @Test
  void ipv6AddressesAreAccepted() throws Exception {
    assertThat(client("10.1.2.3", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void anInvalidProxyIsRejected() {
    assertThatThrownBy(() -> new ClientAddress(List.of("10.0.0.0/99")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String client(String peer, String... forwardedFor) throws Exception {
    return addresses.clientOf(InetAddress.getByName(peer), List.of(forwardedFor)).getHostAddress();
  }
}
