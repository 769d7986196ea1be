package io.boxoffice.platform.http.client;

import java.io.IOException;

/**
 * Says that another service's response was larger than the limit. The message continues a sentence
 * that begins with the service.
 */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int most) {
    super("sent more than %d bytes".formatted(most));
  }
}
