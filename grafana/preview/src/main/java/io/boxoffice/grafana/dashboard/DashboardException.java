package io.boxoffice.grafana.dashboard;

/** What is wrong with a dashboard, in a sentence for its author. */
public final class DashboardException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence only. */
  public DashboardException(String message) {
    super(message);
  }

  /** With what led to it. */
  public DashboardException(String message, Throwable cause) {
    super(message, cause);
  }
}
