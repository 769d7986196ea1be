package io.boxoffice.lab.balancing;

/** What the replicas and the requests are like while the algorithms are compared. */
enum Situation {
  EQUAL("equal", "Equal replicas"),
  SLOW("slow", "One slow replica: shop1"),
  HELD("held", "Long-held requests: latencies are those of the others");

  private final String id;
  private final String title;

  Situation(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Its name on the command line. */
  String id() {
    return id;
  }

  /** Its name for a reader. */
  String title() {
    return title;
  }
}
