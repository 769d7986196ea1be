package io.boxoffice.stress.plot.svg;

/** Estimates the width of a text, because the font of the reader is unknown. */
public final class Texts {
  private static final String NARROW = "iljtfrI.,:;'|()[]{} -/";
  private static final String WIDE = "mwMW%@";

  private Texts() {}

  /** The width in a heavy font. */
  public static double boldWidth(String text, double size) {
    return width(text, size) * 1.12;
  }

  /** The width in the usual font. */
  public static double width(String text, double size) {
    double ems = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      ems += NARROW.indexOf(character) >= 0 ? 0.37 : WIDE.indexOf(character) >= 0 ? 0.92 : 0.63;
    }
    return ems * size;
  }

  /** The text, or as much of its beginning as fits and three dots. */
  public static String fit(String text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", size) > room) {
      end--;
    }
    return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
  }
}
