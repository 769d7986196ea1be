package io.boxoffice.lab.screen;

import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the state of a lab as text. */
final class Picture {
  private Picture() {}

  /**
   * The figures of the load at one moment.
   *
   * @param perSecond purchases and orders that were acknowledged in the last second
   * @param failedPerSecond requests without a final answer in the last second
   * @param bought all acknowledged ones
   * @param failed all requests without a final answer
   * @param waiting buyers without a final answer
   */
  record Load(double perSecond, double failedPerSecond, int bought, int failed, int waiting) {}

  /** Lines for a terminal that shows them again and again. */
  static List<String> lines(String topology, String phase, Status status, Load load) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s%s".formatted(topology, phase, status.complete() ? "" : "  (not complete)"));
    if (status.isSplit()) {
      lines.add("SPLIT BRAIN: %d databases are primary".formatted(status.primaries()));
    }
    for (Status.Database one : status.databases()) {
      lines.add(
          "  %-8s %-8s %-12s timeline %-4s lag %-10s %s"
              .formatted(
                  one.node(),
                  one.role().name().toLowerCase(Locale.ROOT),
                  one.state(),
                  one.timeline() == 0 ? "?" : one.timeline(),
                  lag(one),
                  one.role() == Role.STANDBY ? one.synchronous() ? "sync" : "async" : "")
              .stripTrailing());
    }
    for (Status.Shop shop : status.shops()) {
      lines.add("  %-8s %s".formatted(shop.node(), shop.ready() ? "ready" : "NOT READY"));
    }
    status.sites().forEach(site -> lines.add("  site " + sentence(site)));
    lines.add(
        String.format(
            Locale.ROOT,
            "  purchases %.0f/s, errors %.0f/s; in all %d and %d; %d buyers wait",
            load.perSecond(),
            load.failedPerSecond(),
            load.bought(),
            load.failed(),
            load.waiting()));
    return lines;
  }

  /** One line for a file. */
  static String line(String phase, Status status, Load load) {
    String primaries =
        status.databases().stream()
            .filter(one -> one.role() == Role.PRIMARY)
            .map(one -> "%s (timeline %d)".formatted(one.node(), one.timeline()))
            .collect(Collectors.joining(" and "));
    return String.format(
        Locale.ROOT,
        "%s: primary %s, %d of %d shops ready, %.0f purchases/s, %.0f errors/s%s%s",
        phase,
        primaries.isEmpty() ? "none" : primaries,
        status.shops().stream().filter(Status.Shop::ready).count(),
        status.shops().size(),
        load.perSecond(),
        load.failedPerSecond(),
        status.sites().stream().map(site -> "; " + sentence(site)).collect(Collectors.joining()),
        status.complete() ? "" : ", not complete");
  }

  private static String sentence(Status.Site site) {
    return site.homes() < 0
        ? "%s does not answer".formatted(site.name())
        : String.format(
            Locale.ROOT,
            "%s sells %d concerts, epoch %d, changes of the other site %s",
            site.name(),
            site.homes(),
            site.epoch(),
            Double.isNaN(site.ageSeconds())
                ? "have no age"
                : String.format(Locale.ROOT, "are %.1f s old", site.ageSeconds()));
  }

  private static String lag(Status.Database one) {
    if (one.role() != Role.STANDBY) {
      return "-";
    }
    return one.lagBytes() < 0 ? "?" : "%d kB".formatted(one.lagBytes() / 1024);
  }
}
