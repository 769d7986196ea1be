package io.boxoffice.stress.compare.result;

/** What a load meets besides its own requests. */
public enum Condition {
  /** Nothing. */
  NORMAL("normal", "Without failures"),
  /** The shop is killed in the middle. */
  SHOP_KILLED("shop-killed", "The shop is killed in the middle"),
  /** The partners are killed in the middle. */
  PARTNER_KILLED("partner-killed", "The partners are killed in the middle"),
  /** The broker is killed in the middle. */
  BROKER_KILLED("broker-killed", "The broker is killed in the middle"),
  /** The partners lose some of their answers. */
  ANSWERS_LOST("answers-lost", "The partners lose one answer of five"),
  /** The same, and each call to a partner has a new key. */
  NO_KEYS("no-keys", "The partners lose one answer of five, and each call has a new key");

  private final String id;
  private final String title;

  Condition(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Its name for programs. */
  public String id() {
    return id;
  }

  /** Its name for readers. */
  public String title() {
    return title;
  }

  /** Whether something is killed in the middle. */
  public boolean kills() {
    return this == SHOP_KILLED || this == PARTNER_KILLED || this == BROKER_KILLED;
  }

  /** Whether the partners lose answers. */
  public boolean losesAnswers() {
    return this == ANSWERS_LOST || this == NO_KEYS;
  }
}
