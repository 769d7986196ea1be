package io.boxoffice.conduct;

import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.RawReply;
import java.io.IOException;

/**
 * One valid call.
 *
 * @param port application or admin
 * @param template the route's template
 * @param path the template with ids of existing resources
 * @param body a valid body; null for a call without a body
 * @param authorization the header of a caller that may make the call
 */
record Call(
    int port, String method, String template, String path, String body, String authorization) {

  /** The request's text, with further header lines. */
  String with(String headers) {
    return with(path, headers, body);
  }

  /**
   * The request's text with another target, headers and body. The connection closes after the
   * response.
   */
  String with(String target, String headers, String anotherBody) {
    String length =
        anotherBody == null ? "" : "Content-Length: %d\r\n".formatted(anotherBody.length());
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s%s\r\n%s"
        .formatted(
            method,
            target,
            headers.contains("Authorization:") ? "" : authorization,
            length + (anotherBody == null || headers.contains("Content-Type:") ? "" : Calls.JSON),
            headers,
            anotherBody == null ? "" : anotherBody);
  }

  /** Sends a request to the call's port. */
  RawReply send(String request) {
    try {
      return RawConnection.exchange(port, request);
    } catch (IOException cause) {
      throw new AssertionError(this + ": " + request, cause);
    }
  }

  /** Whether the call only reads. */
  boolean isRead() {
    return method.equals("GET");
  }

  /** Whether the service verifies the bytes of the body before it parses them. */
  boolean isSigned() {
    return authorization.startsWith("Payment-Signature: ");
  }

  @Override
  public String toString() {
    return method + " " + template;
  }
}
