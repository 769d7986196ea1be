package io.boxoffice.platform.http.tuning;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks unusual forms of addresses. */
class WholeAddressApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private String concert;

  @BeforeEach
  void createConcert() {
    ApiClient api = APPLICATION.client();
    concert = "/v1/concerts/" + api.createConcert(10, operator()).path("id").asText();
  }

  @Test
  void aConcertIsFoundByEveryFormOfItsAddress() throws Exception {
    assertThat(statusOf(concert)).isEqualTo(200);
    assertThat(statusOf(concert + "/")).isEqualTo(200);
    assertThat(statusOf("http://localhost" + concert)).isEqualTo(200);
    assertThat(statusOf(concert + "?unknown=%7B")).isEqualTo(200);
    assertThat(statusOf(concert + "?unknown={")).isEqualTo(200);
  }

  @Test
  void aPathIsNotNormalized() throws Exception {
    assertThat(statusOf(concert.replace("concerts", "%63oncerts"))).isEqualTo(404);
    assertThat(statusOf("/v1/./concerts")).isEqualTo(404);
    assertThat(statusOf("/v1/concerts/%22")).isEqualTo(404);
    assertThat(statusOf("/v1/concerts/{id}")).isEqualTo(400);
    assertThat(statusOf(concert.replace("concerts", "concerts;a=b"))).isEqualTo(404);
  }

  private static int statusOf(String target) throws Exception {
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return Integer.parseInt(connection.readAll().substring("HTTP/1.1 ".length(), 12));
    }
  }
}
