package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.bench.service.Accounts;
import java.util.Map;

/** The six scenarios, with rates that two slow cores can carry. */
public enum ScenarioKind {
  /** Creates an account, and welcomes it by mail. */
  REGISTRATION("registration", "Registration and its mail", 1),
  /** Pays an order. */
  PAYMENT("payment", "Payment at a partner of 2 s", 12),
  /** Changes a concert. */
  CONCERT_CHANGE("concert-change", "Change of a concert, for search, cache and analytics", 10),
  /** Makes a report. */
  REPORT("report", "Report with real work", 1),
  /** Orders, with declined payments. */
  ORDER("order", "Order with compensation", 6),
  /** Views pages. */
  PAGE_VIEWS("page-views", "Page views", 200);

  /** Gives each report about half a second of work. */
  private static final Map<String, String> REPORT_WORK = Map.of("REPORT_ROUNDS", "50000");

  private final String id;
  private final String title;
  private final double rate;

  ScenarioKind(String id, String title, double rate) {
    this.id = id;
    this.title = title;
    this.rate = rate;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** Its name in the report. */
  public String title() {
    return title;
  }

  /** How many requests a second it sends, if the command line does not say. */
  public double rate() {
    return rate;
  }

  /** Settings of its partners that differ from their defaults. */
  public Map<String, String> partnerSettings() {
    return this == REPORT ? REPORT_WORK : Map.of();
  }

  /** Creates it for one load. */
  public Scenario create(Stage stage, Accounts accounts) {
    return switch (this) {
      case REGISTRATION -> new Registration(stage, accounts);
      case PAYMENT -> new Payment(stage);
      case CONCERT_CHANGE -> new ConcertChange(stage);
      case REPORT -> new Report(stage);
      case ORDER -> new OrderWithCompensation(stage);
      case PAGE_VIEWS -> new PageViews(stage);
    };
  }
}
