package io.boxoffice.process.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that a seed reproduces the requests, and that the requests cover every route. */
class GeneratorTest {
  private static final int REQUESTS_PER_ROUTE = 150;

  private final List<Route> routes = Route.ofApplication(Path.of("openapi.yaml"));
  private final Generator generator =
      new Generator(
          new World(
              "token",
              List.of("c"),
              List.of("t"),
              List.of("p"),
              List.of("k"),
              Map.of("/", "\"tag\"")));

  @Test
  void sameSeedGivesTheSameRequestsAndAnotherSeedGivesOthers() {
    assertThat(requests(1)).isEqualTo(requests(1)).isNotEqualTo(requests(2));
  }

  @Test
  void everyRouteOfTheContractIsRequestedWithAndWithoutTheToken() {
    List<BrokenRequest> requests = requests(3);

    for (Route route : routes) {
      String path = route.template().replaceAll("\\{.*?Id}", ".").replaceAll("\\{\\w+}", ".*");
      Stream.of(true, false)
          .forEach(
              withToken ->
                  assertThat(requests)
                      .as("%s %s", route, withToken)
                      .anyMatch(
                          request ->
                              request.wire().matches("(?s)[A-Z]+ " + path + " HTTP.*")
                                  && request.wire().contains("Bearer token") == withToken));
    }
  }

  @Test
  void soundRequestHasACompleteHead() {
    assertThat(requests(4))
        .filteredOn(BrokenRequest::isSound)
        .allSatisfy(
            request -> {
              String head = request.wire().substring(0, request.wire().indexOf("\r\n\r\n"));
              assertThat(head.lines().findFirst().orElseThrow()).endsWith(" HTTP/1.1");
              assertThat(head.replace("\r\n", "")).doesNotContain("\r", "\n");
            });
  }

  private List<BrokenRequest> requests(long seed) {
    Dice dice = new Dice(seed);
    return IntStream.range(0, REQUESTS_PER_ROUTE * routes.size())
        .mapToObj(
            i -> dice.oneIn(5) ? generator.framed(dice, routes) : generator.sound(dice, routes))
        .toList();
  }
}
