package io.boxoffice.concert;

/** The query parameter {@code onSale}; anything but true and false is refused. */
public record OnSale(boolean value) {

  /** Converts the parameter's text; JAX-RS calls it. */
  public static OnSale fromString(String text) {
    return switch (text) {
      case "true" -> new OnSale(true);
      case "false" -> new OnSale(false);
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
