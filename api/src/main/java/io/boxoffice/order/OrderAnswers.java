package io.boxoffice.order;

import io.boxoffice.order.state.OrderState;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import io.boxoffice.platform.http.Prefer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Turns an order into the response to a request to pay or to wait for it. */
final class OrderAnswers {
  /** The partner needs seconds. */
  private static final int RETRY_AFTER_SECONDS = 2;

  private OrderAnswers() {}

  /** Answers a request to read an order. */
  static Response read(Order order, Prefer prefer) {
    return preferred(Response.ok(order), prefer);
  }

  /**
   * Answers a request to pay.
   *
   * @param success the status if the order is CONFIRMED
   */
  static Response paid(Order order, Response.Status success, Prefer prefer) {
    return preferred(
        response(order, success).header(HttpHeaders.LOCATION, location(order)), prefer);
  }

  private static Response.ResponseBuilder response(Order order, Response.Status success) {
    return switch (order.state()) {
      case CONFIRMED -> Response.status(success).entity(order);
      case PAYING, EXPIRED ->
          Response.accepted(order).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      case DECLINED -> ProblemMapper.responseOf(declined(order));
      case HELD -> ProblemMapper.responseOf(PaymentService.unavailable());
      case CANCELLED, REFUNDING, REFUNDED -> ProblemMapper.responseOf(notPayable(order.state()));
    };
  }

  private static ProblemException declined(Order order) {
    String reason = order.declineReason() == null ? "unknown" : order.declineReason();
    return ProblemException.of(
        ProblemCode.PAYMENT_DECLINED,
        "The payment was declined: %s. The tickets are on sale again.".formatted(reason),
        Map.of("declineReason", reason));
  }

  private static ProblemException notPayable(OrderState state) {
    return ProblemException.of(ProblemCode.ORDER_NOT_PAYABLE, "The order is %s.".formatted(state));
  }

  /** The path of an order. */
  static String location(Order order) {
    return "/v1/orders/" + order.id();
  }

  private static Response preferred(Response.ResponseBuilder response, Prefer prefer) {
    response.header(HttpHeaders.VARY, Prefer.HEADER);
    prefer.applied().ifPresent(applied -> response.header(Prefer.APPLIED, applied));
    return response.build();
  }
}
