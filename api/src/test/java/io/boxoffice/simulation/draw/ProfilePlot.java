package io.boxoffice.simulation.draw;

import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.TestRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the delays of a profile for docs/simulation.md, from the quantile functions that the
 * service uses. A plot shows the share of delayed requests that have continued after a number of
 * seconds.
 */
final class ProfilePlot {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 200;
  private static final int LEFT = 48;
  private static final int RIGHT = 120;
  private static final int TOP = 16;
  private static final int BOTTOM = 36;
  private static final int POINTS = 120;
  private static final List<String> COLOURS =
      List.of(
          "#0b6e99", "#c2410c", "#7c3aed", "#4d7c0f", "#be185d", "#525252", "#b45309", "#0f766e");

  private record Curve(String name, Delay delay, double factor) {
    double secondsAt(double share) {
      return Delay.seconds(delay.at(share, factor, Limits.DEFAULT));
    }
  }

  private ProfilePlot() {}

  /** Writes all plots into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (Map.Entry<String, String> plot : all().entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
    }
  }

  /** Returns the plots of all shipped profiles that have delays, by file name. */
  static Map<String, String> all() {
    Map<String, String> plots = new java.util.TreeMap<>();
    TestRoutes.SHIPPED.forEach(
        (name, profile) -> {
          List<Curve> curves = curves(profile);
          if (!curves.isEmpty()) {
            plots.put(name + ".svg", draw(name, curves));
          }
        });
    return plots;
  }

  private static List<Curve> curves(Profile profile) {
    List<Curve> curves = new ArrayList<>();
    for (Rule rule : profile.rules()) {
      if (rule.delay() != null && profile.scenario() == null) {
        curves.add(new Curve(rule.id(), rule.delay(), 1));
      } else if (rule.delay() != null) {
        for (Scenario.Stage stage : profile.scenario().phases()) {
          Curve curve =
              new Curve(
                  "%s, %s".formatted(rule.id(), stage.phase().word()),
                  rule.delay(),
                  stage.delayFactor());
          // Phases that end at the same factor share one curve.
          if (curves.stream()
              .noneMatch(
                  drawn ->
                      drawn.delay().equals(curve.delay()) && drawn.factor() == curve.factor())) {
            curves.add(curve);
          }
        }
      }
    }
    return curves;
  }

  private static String draw(String title, List<Curve> curves) {
    double longest =
        niceAbove(curves.stream().mapToDouble(curve -> curve.secondsAt(0.99)).max().orElseThrow());
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"11\" role=\"img\">",
        WIDTH,
        HEIGHT);
    line(svg, "<title>%s: share of delays that are over after so many seconds</title>", title);
    line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
    for (int percent = 0; percent <= 100; percent += 50) {
      double y = y(percent / 100.0);
      line(
          svg,
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%d%%</text>",
          LEFT,
          y,
          WIDTH - RIGHT,
          LEFT - 6,
          y + 4,
          percent);
    }
    for (int tick = 0; tick <= 4; tick++) {
      double seconds = longest * tick / 4;
      line(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s s</text>",
          x(seconds, longest),
          HEIGHT - BOTTOM + 18,
          number(seconds));
    }
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      line(
          svg,
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
          path(curves.get(i), longest),
          colour);
      line(
          svg,
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
          WIDTH - RIGHT + 8,
          TOP + 12 + 15 * i,
          colour,
          curves.get(i).name());
    }
    return svg.append("</svg>\n").toString();
  }

  private static String path(Curve curve, double longest) {
    StringBuilder path = new StringBuilder();
    path.append(point('M', curve.secondsAt(0.5 / POINTS), 0, longest));
    for (int i = 0; i < POINTS; i++) {
      double share = (i + 0.5) / POINTS;
      if (curve.secondsAt(share) <= longest) {
        path.append(point('L', curve.secondsAt(share), share, longest));
      }
    }
    return path.toString();
  }

  private static String point(char command, double seconds, double share, double longest) {
    return String.format(Locale.ROOT, "%c%.1f %.1f", command, x(seconds, longest), y(share));
  }

  private static double x(double seconds, double longest) {
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / longest;
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }

  /** Returns the next larger value of the form 1, 2, 4 or 8 times a power of ten. */
  private static double niceAbove(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 4, 8}) {
      if (step * power >= value) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
