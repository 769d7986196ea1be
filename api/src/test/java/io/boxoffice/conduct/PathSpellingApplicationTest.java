package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that no spelling of a path is served without the rules of the simulation. */
class PathSpellingApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private Calls calls;

  @BeforeEach
  void denyEverything() {
    calls = new Calls(APPLICATION);
    assertThat(
            APPLICATION
                .client()
                .send(
                    "PUT",
                    "/v1/simulation",
                    """
                    {"activeProfile": "all",
                     "profiles": {"all": [{"id": "all", "denial": {"percent": 100}}]}}
                    """,
                    operator())
                .status())
        .isEqualTo(200);
  }

  @AfterEach
  void denyNothing() {
    APPLICATION.client().send("PUT", "/v1/simulation", "{}", operator());
  }

  /** Other spellings of a path, each of which some routers treat as the same path. */
  private static List<String> spellings(String path) {
    int last = path.lastIndexOf('/');
    String parent = path.substring(0, last);
    String name = path.substring(last + 1);
    return List.of(
        parent + "/" + name + ";a=b",
        parent + ";a=b/" + name,
        parent + ";/" + name,
        path + ";",
        path + "/;",
        path.replaceFirst("/v1", "/v1;v=2"),
        "/;" + path,
        "/" + path,
        parent + "//" + name,
        path + "//",
        parent + "/./" + name,
        parent + "/x/../" + name,
        path + "/.",
        path + "/..",
        path + "/",
        path + "/?a=b",
        path.replaceFirst("v1", "%761"),
        parent + "/%" + Integer.toHexString(name.charAt(0)) + name.substring(1),
        parent + "%2f" + name,
        parent + "/%2e/" + name,
        parent + "\\" + name,
        path + "%00",
        path + "%20",
        path + "#fragment",
        "http://localhost" + path,
        "http://other" + path + "?",
        path.toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void everySpellingIsDeniedOrRejected() {
    calls
        .ofApplication()
        .filter(
            call ->
                call.template().startsWith("/v1/") && !call.template().startsWith("/v1/simulation"))
        .forEach(
            call -> {
              assertThat(call.send(call.with("")).code()).isEqualTo("simulated-denial");
              for (String spelling : spellings(call.path())) {
                RawReply reply = call.send(call.with(spelling, "", call.body()));
                assertThat(reply.code())
                    .as("%s as %s: %s", call, spelling, reply.body())
                    .isIn("simulated-denial", "not-found", "bad-request");
              }
            });
  }
}
