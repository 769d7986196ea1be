package io.boxoffice.grafana.preview;

/** Why a preview cannot be drawn, in a sentence for the person at the terminal. */
public final class PreviewException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence only. */
  public PreviewException(String message) {
    super(message);
  }

  /** With what led to it. */
  public PreviewException(String message, Throwable cause) {
    super(message, cause);
  }
}
