package io.boxoffice.process.broken;

import io.boxoffice.testing.Bodies;
import java.util.List;

/** Generates requests to every route, each with one or two defects. */
final class Generator {
  private static final List<String> OTHER_METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "get",
          "Post",
          "PROPFIND",
          "LINK",
          "MKCOL",
          "QUERY",
          "BREW",
          "X",
          "G-T",
          "a!#$%&'*+.^_`|~1");
  private static final List<String> CONDITIONAL = List.of("GET", "HEAD", "PUT", "PATCH", "DELETE");

  /** A setting without an effect: its profile is not active, and no request header selects it. */
  private static final String SETTING =
      """
      {"seed": 7, "limits": {"maxActiveDelays": 100, "maxDelay": "20ms"}, "activeProfile": "off",
       "allowProfileHeader": true, "expiresIn": "30m", "reason": "a trial", "profiles": {"unused": {
       "description": "d", "rules": [{"id": "r", "match": {"methods": ["POST"],
       "path": "/v1/concerts/{concertId}/purchases"}, "delay": {"percent": 50, "distribution":
       {"type": "lognormal", "median": "1ms", "sigma": 0.5, "cap": "9ms"}}, "denial": {"percent": 1,
       "when": "afterDelay", "status": 409, "code": "sold-out", "retryAfter": {"min": "1s",
       "max": "2s"}}}], "scenario": {"repeat": true, "phases": [{"phase": "p", "duration": "1s",
       "ramp": "linear", "delayFactor": 2, "denialFactor": 0.5}]}}}}
      """;

  private static final String CANCELLATION = "/v1/concerts/{concertId}/cancellation";

  private final World world;
  private final OddBodies bodies = new OddBodies();
  private final OddHeaders headers = new OddHeaders();
  private final OddPaths paths = new OddPaths();
  private final OddFramings framings = new OddFramings();
  private final OddConditions conditions;

  Generator(World world) {
    this.world = world;
    this.conditions = new OddConditions(world.tags());
  }

  /** Returns a request after which the connection stays usable. */
  BrokenRequest sound(Dice dice, List<Route> routes) {
    Message message = message(dice, route(dice, routes));
    String kind = breakUp(dice, message);
    if (dice.oneIn(4)) {
      kind = kind + " and " + breakUp(dice, message);
    }
    message.target = message.target.replaceAll("[\r\n]", "_");
    return BrokenRequest.sound(kind, message);
  }

  /** Returns a request that must be the last one on its connection. */
  BrokenRequest framed(Dice dice, List<Route> routes) {
    Message message = message(dice, route(dice, routes));
    if (message.isHead()) {
      message.method = "GET";
    }
    if (message.body.isEmpty() && dice.oneIn(3)) {
      message.method = "POST";
      message.body = Bodies.purchase(1);
    }
    return framings.breakUp(dice, message);
  }

  private String breakUp(Dice dice, Message message) {
    return switch (dice.below(10)) {
      case 0, 1, 2 -> message.body.isEmpty() ? paths.breakUp(dice, message) : body(dice, message);
      case 3, 4, 5 -> headers.breakUp(dice, message);
      case 6, 7 -> paths.breakUp(dice, message);
      case 8 -> {
        if (dice.oneIn(2) && !message.target.equals("/v1/simulation")) {
          message.method = dice.pick(CONDITIONAL);
        }
        yield conditions.breakUp(dice, message);
      }
      default -> {
        message.method = dice.pick(OTHER_METHODS);
        yield "method";
      }
    };
  }

  private String body(Dice dice, Message message) {
    String kind = bodies.breakUp(dice, message);
    message.framing = dice.oneIn(3) ? Message.Framing.CHUNKED : Message.Framing.COUNTED;
    return kind;
  }

  /** Picks a route. Routes with a body are more frequent, because they allow more defects. */
  private static Route route(Dice dice, List<Route> routes) {
    Route route = dice.pick(routes);
    return route.takesABody() ? route : dice.pick(routes);
  }

  private Message message(Dice dice, Route route) {
    String method = dice.oneIn(10) ? dice.pick(OTHER_METHODS) : route.method(dice);
    Message message = new Message(method, path(dice, route.template()));
    if (!dice.oneIn(4)) {
      message.add("Authorization", "Bearer " + (dice.oneIn(8) ? "wrong" : world.token()));
    }
    if (method.startsWith("P") || dice.oneIn(8)) {
      message.body = body(dice, route.template());
      message.add("Content-Type", "application/json");
    }
    if (dice.oneIn(10)) {
      message.add("Accept-Encoding", "gzip");
    }
    return message;
  }

  private String path(Dice dice, String template) {
    String path =
        template.equals(CANCELLATION)
            ? template.replace("{concertId}", world.cancellableConcertId())
            : template;
    while (path.contains("{")) {
      String name = path.substring(path.indexOf('{') + 1, path.indexOf('}'));
      path = path.replace("{" + name + "}", value(dice, name));
    }
    return path;
  }

  private String value(Dice dice, String name) {
    return switch (name) {
      case "concertId" -> dice.pick(world.concertIds());
      case "purchaseId" -> dice.pick(world.purchaseIds());
      case "ticketId" -> dice.pick(world.ticketIds());
      case "code" -> dice.pick("sold-out", "bad-request", "none");
      case "file" -> dice.pick("page.css", "page.js", "index.html", "none.js");
      default -> dice.pick("none", "1", dice.pick(world.concertIds()));
    };
  }

  private String body(Dice dice, String template) {
    if (template.startsWith("/v1/simulation")) {
      return SETTING;
    }
    if (template.endsWith("/purchases")) {
      return Bodies.purchase(1);
    }
    if (template.equals("/v1/concerts")) {
      return Bodies.concert(5);
    }
    if (template.equals("/v1/concerts/{concertId}")) {
      return """
             {"title": "New", "salesOpenAt": null, "maxPerPurchase": 9,
              "ticketTypes": [{"id": "%s", "capacity": 90000}]}
             """
          .formatted(dice.pick(world.ticketTypeIds()));
    }
    return dice.pick(Bodies.purchase(1), Bodies.concert(5), "{\"a\": [1, {\"b\": null}]}");
  }
}
