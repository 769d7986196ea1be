package io.boxoffice.platform.http.strict;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which paths have a route, and which methods a route has. */
class RouteTableTest {
  /** Two routes; one is below the other. */
  @Path("/v1/things")
  public static final class Things {
    /** GET. */
    @GET
    public String list() {
      return "";
    }

    /** POST. */
    @POST
    public String create() {
      return "";
    }

    /** DELETE. */
    @DELETE
    @Path("{thingId}")
    public void delete() {}

    /** A literal beside a parameter. */
    @GET
    @Path("newest")
    public String newest() {
      return "";
    }
  }

  private static final RouteTable TABLE =
      RouteTable.of(List.of(Things.class, String.class)).with("/health", "GET");

  @Test
  void routesAreReadFromTheResources() {
    assertThat(TABLE.routes())
        .extracting(RouteTable.Route::template)
        .containsExactlyInAnyOrder(
            "/v1/things", "/v1/things/{thingId}", "/v1/things/newest", "/health");
  }

  @Test
  void aRouteAllowsItsOwnMethodsAndTheCommonOnes() {
    assertThat(TABLE.match("/v1/things").orElseThrow().allow())
        .isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(TABLE.match("/v1/things/7").orElseThrow().allow()).isEqualTo("DELETE, OPTIONS");
  }

  @Test
  void aLiteralPrecedesAParameterAndAFinalSlashMakesNoDifference() {
    assertThat(TABLE.match("/v1/things/newest").orElseThrow().template())
        .isEqualTo("/v1/things/newest");
    assertThat(TABLE.match("/v1/things/newest/")).isEqualTo(TABLE.match("/v1/things/newest"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "/",
        "v1/things",
        "/v1",
        "/v1/things/7/8",
        "/V1/things",
        "/v1/things//",
        "//v1/things",
        "/v1//things",
        "/v1/./things",
        "/v1/things/.",
        "/v1/things/..",
        "/v1/x/../things",
        "/v1/things;a=b",
        "/v1;a=b/things",
        "/v1/things/7;",
        "/v1/things/%37",
        "/v1/%74hings",
        "/v1/things/{thingId}",
        "/v1/things/a b",
        "/v1/things/\u00e9",
        "/v1\\things",
      })
  void anotherSpellingHasNoRoute(String path) {
    assertThat(TABLE.match(path)).isEmpty();
  }
}
