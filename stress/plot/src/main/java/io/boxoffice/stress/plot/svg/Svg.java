package io.boxoffice.stress.plot.svg;

import java.util.Locale;

/** Writes shapes and text as an SVG document. Text stays text, so that it can be searched. */
public final class Svg {
  private final Theme theme;
  private final String title;
  private final StringBuilder shapes = new StringBuilder();

  /** Where a text begins: its left end, middle or right end. */
  public enum Anchor {
    START("start"),
    MIDDLE("middle"),
    END("end");

    private final String value;

    Anchor(String value) {
      this.value = value;
    }
  }

  /** How a text looks. */
  public record Font(double size, boolean bold, Colour colour) {
    /** A plain one. */
    public static Font of(double size, Colour colour) {
      return new Font(size, false, colour);
    }

    /** A heavy one. */
    public static Font bold(double size, Colour colour) {
      return new Font(size, true, colour);
    }
  }

  /** How a line looks; without dashes the pattern is empty. */
  public record Stroke(Colour colour, double width, String dashes) {
    /** A line without gaps. */
    public static Stroke solid(Colour colour, double width) {
      return new Stroke(colour, width, "");
    }

    /** A line with gaps. */
    public static Stroke dashed(Colour colour, double width) {
      return new Stroke(colour, width, "5 4");
    }
  }

  /** An empty drawing; screen readers read the title. */
  public Svg(String title, Theme theme) {
    this.title = title;
    this.theme = theme;
  }

  /** A filled rectangle. */
  public void rect(Box box, Colour fill, double opacity, double radius) {
    shapes.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"%s%s/>\n"
            .formatted(
                number(box.x()),
                number(box.y()),
                number(box.width()),
                number(box.height()),
                theme.paint(fill),
                optional("rx", radius, 0),
                optional("fill-opacity", opacity, 1)));
  }

  /** A filled rectangle with a thin line around it. */
  public void frame(Box box, Colour fill, Colour border, double radius) {
    shapes.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\"/>\n"
            .formatted(
                number(box.x()),
                number(box.y()),
                number(box.width()),
                number(box.height()),
                number(radius),
                theme.paint(fill),
                theme.paint(border)));
  }

  /** A straight line. */
  public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
    path(new Path().move(x1, y1).line(x2, y2), stroke);
  }

  /** The outline of a path. */
  public void path(Path path, Stroke stroke) {
    shapes.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>\n"
            .formatted(
                path,
                theme.paint(stroke.colour()),
                number(stroke.width()),
                stroke.dashes().isEmpty()
                    ? ""
                    : " stroke-dasharray=\"%s\"".formatted(stroke.dashes())));
  }

  /** The inside of a path. */
  public void area(Path path, Colour fill, double opacity) {
    shapes.append(
        "<path d=\"%s\" fill=\"%s\"%s/>\n"
            .formatted(path, theme.paint(fill), optional("fill-opacity", opacity, 1)));
  }

  /** One line of text; y is its base line. */
  public void text(double x, double y, Anchor anchor, Font font, String text) {
    shapes.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s%s>%s</text>\n"
            .formatted(
                number(x),
                number(y),
                number(font.size()),
                theme.paint(font.colour()),
                anchor == Anchor.START ? "" : " text-anchor=\"%s\"".formatted(anchor.value),
                font.bold() ? " font-weight=\"600\"" : "",
                escape(text)));
  }

  /** The whole document, in the size of the drawing. */
  public String document(double width, double height) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" font-family="system-ui, sans-serif">
        <title>%s</title>
        %s%s</svg>
        """
        .formatted(number(width), number(height), escape(title), theme.styleSheet(), shapes);
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String optional(String attribute, double value, double unless) {
    return value == unless
        ? ""
        : " %s=\"%s\"".formatted(attribute, String.format(Locale.ROOT, "%.2f", value));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
