package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboard;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.grafana.dashboard.PanelType;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A page with all panels of a dashboard in their places. */
record Sheet(
    Dashboard dashboard,
    Map<String, String> variables,
    TimeAxis axis,
    Map<Integer, PanelData> dataOfPanels) {
  private static final double WIDTH = 1360;
  private static final double MARGIN = 16;
  private static final double HEAD = 64;
  private static final double UNIT = 36;
  private static final double GAP = 8;
  private static final double TITLE = 30;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  String draw(Theme theme) {
    List<Panel> panels = dashboard.panels();
    int units =
        panels.stream()
            .mapToInt(panel -> panel.gridPos().y() + panel.gridPos().h())
            .max()
            .orElse(0);
    double height = HEAD + units * UNIT + MARGIN;
    Svg svg = new Svg("Preview of the dashboard " + dashboard.title(), theme);
    svg.rect(new Box(0, 0, WIDTH, height), Colour.PAGE, 1, 0);
    drawHead(svg);
    for (Panel panel : panels) {
      Box place = place(panel.gridPos());
      if (panel.kind() == PanelType.ROW) {
        svg.text(
            place.x() + 2,
            place.middle() + 5,
            Anchor.START,
            Font.bold(14, Colour.TEXT),
            panel.title());
      } else {
        drawPanel(svg, place, panel);
      }
    }
    return svg.document(WIDTH, height);
  }

  private void drawHead(Svg svg) {
    svg.text(MARGIN, 28, Anchor.START, Font.bold(20, Colour.TEXT), dashboard.title());
    String chosen =
        dashboard.templating().list().stream()
            .filter(variable -> variable.hide() == 0)
            .map(variable -> variable.label() + ": " + shown(variables.get(variable.name())))
            .collect(Collectors.joining("   "));
    svg.text(MARGIN, 49, Anchor.START, Font.of(12, Colour.WEAK), chosen);
    svg.text(
        WIDTH - MARGIN,
        28,
        Anchor.END,
        Font.of(12, Colour.WEAK),
        "preview by ./boxoffice preview, not a picture of Grafana");
    svg.text(
        WIDTH - MARGIN,
        49,
        Anchor.END,
        Font.of(12, Colour.WEAK),
        "%s to %s".formatted(time(axis.from()), time(axis.to())));
    List<String> marks =
        axis.marks().stream().map(mark -> mark.text()).distinct().sorted().toList();
    double x = WIDTH / 2 - 110;
    for (String text : marks) {
      Colour colour =
          axis.marks().stream()
              .filter(mark -> mark.text().equals(text))
              .findFirst()
              .orElseThrow()
              .colour();
      svg.rect(new Box(x, 43, 3, 9), colour, 1, 1);
      svg.text(x + 9, 51, Anchor.START, Font.of(12, Colour.WEAK), text);
      x += 150;
    }
  }

  private void drawPanel(Svg svg, Box place, Panel panel) {
    svg.frame(place, Colour.PANEL, Colour.BORDER, 4);
    svg.text(
        place.x() + 12, place.y() + 20, Anchor.START, Font.bold(13, Colour.TEXT), panel.title());
    Box inside = place.inset(12, TITLE, 12, 8);
    PanelData data = dataOfPanels.get(panel.id());
    if (data.isEmpty(panel.kind())) {
      svg.text(
          place.centre(), place.middle() + 6, Anchor.MIDDLE, Font.of(14, Colour.WEAK), "No data");
    } else {
      Charts.of(panel, data, axis).draw(svg, inside);
    }
  }

  private static Box place(Panel.GridPos at) {
    double column = (WIDTH - 2 * MARGIN + GAP) / 24;
    return new Box(
        MARGIN + at.x() * column, HEAD + at.y() * UNIT, at.w() * column - GAP, at.h() * UNIT - GAP);
  }

  private static String shown(String value) {
    return value.equals(".*") ? "all" : value;
  }

  private static String time(double seconds) {
    return TIME.format(Instant.ofEpochSecond((long) seconds));
  }
}
