package io.boxoffice.stress.plot.svg;

import java.util.List;
import java.util.Locale;

/** Every colour of a plot, with a shade for a light page and one for a dark page. */
public enum Colour {
  PAGE("#f4f5f7", "#0e1116"),
  PANEL("#ffffff", "#181b20"),
  BORDER("#dde1e6", "#2c3138"),
  GRID("#e6e9ed", "#2a2f37"),
  TEXT("#1f2630", "#dfe4ea"),
  WEAK("#667080", "#929dab"),
  GREEN("#2e9e5b", "#56b877"),
  YELLOW("#d9a300", "#ecc13c"),
  ORANGE("#e0752d", "#f2955a"),
  RED("#d1344b", "#f0596e"),
  BLUE("#2f6fb5", "#6ea8e0"),
  PURPLE("#8456b8", "#b38ae0"),
  TEAL("#14919b", "#4cc4c9"),
  PINK("#c2549d", "#e58cc4"),
  BROWN("#8a6d4b", "#c3a27c"),
  TRANSPARENT("none", "none");

  private static final List<Colour> SERIES =
      List.of(BLUE, ORANGE, GREEN, PURPLE, TEAL, PINK, YELLOW, BROWN, RED);

  private final String light;
  private final String dark;

  Colour(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /** The colour of the series at an index, so that neighbours differ. */
  public static Colour series(int index) {
    return SERIES.get(index % SERIES.size());
  }

  /**
   * The colour of a name in lower case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Colour of(String name) {
    for (Colour colour : values()) {
      if (colour.id().equals(name)) {
        return colour;
      }
    }
    throw new IllegalArgumentException("there is no colour '%s'".formatted(name));
  }

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String light() {
    return light;
  }

  String dark() {
    return dark;
  }
}
