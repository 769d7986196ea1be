package io.boxoffice.site.forward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.http.strict.RouteTable.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Knows which requests change the sale of a concert. A new route that does so must be added here;
 * until then, the schema refuses its change at every site but the home.
 */
final class SaleRoutes {
  /** The number of the segment with the id, in all of these routes. */
  private static final int ID = 3;

  private static final String CHANGE = "PATCH /v1/concerts/{concertId}";

  private static final Map<String, BiFunction<Homes, UUID, Optional<String>>> ROUTES =
      Map.ofEntries(
          Map.entry(CHANGE, Homes::ofConcert),
          Map.entry("DELETE /v1/concerts/{concertId}", Homes::ofConcert),
          Map.entry("POST /v1/concerts/{concertId}/cancellation", Homes::ofConcert),
          Map.entry("POST /v1/concerts/{concertId}/home", Homes::ofConcert),
          Map.entry("POST /v1/concerts/{concertId}/orders", Homes::ofConcert),
          Map.entry("POST /v1/concerts/{concertId}/purchases", Homes::ofConcert),
          Map.entry("POST /v1/purchases/{purchaseId}/cancellation", Homes::ofPurchase),
          Map.entry("DELETE /v1/orders/{orderId}", Homes::ofOrder),
          Map.entry("POST /v1/orders/{orderId}/payment", Homes::ofOrder),
          Map.entry("POST /v1/orders/{orderId}/refund", Homes::ofOrder));

  private final ObjectMapper json;
  private final Homes homes;

  SaleRoutes(ObjectMapper json, Homes homes) {
    this.json = json;
    this.homes = homes;
  }

  /** Whether the request may change the sale of a concert. */
  static boolean has(HttpServletRequest request, Route route) {
    return ROUTES.containsKey(key(request, route));
  }

  /**
   * Returns the site that must execute the request.
   *
   * @param body of the request; a change of a concert without its capacities does not concern the
   *     sale
   * @return empty when any site may do it, for example because there is no such concert
   */
  Optional<String> home(HttpServletRequest request, Route route, byte[] body) {
    String key = key(request, route);
    if (key.equals(CHANGE) && !changesCapacities(body)) {
      return Optional.empty();
    }
    try {
      UUID id = UUID.fromString(request.getRequestURI().split("/", -1)[ID]);
      return ROUTES.get(key).apply(homes, id);
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private boolean changesCapacities(byte[] body) {
    try {
      JsonNode change = json.readTree(body);
      return change != null && change.hasNonNull("ticketTypes");
    } catch (IOException malformed) {
      return false;
    }
  }

  private static String key(HttpServletRequest request, Route route) {
    return request.getMethod() + " " + route.template();
  }
}
