package io.boxoffice.pageview;

import java.util.List;

/** Holds views that are written together, and finds out whether an earlier try was committed. */
final class PageViewBatch {
  private final List<PageView> views;
  private String transaction;

  /** Holds these views; at least one. */
  PageViewBatch(List<PageView> views) {
    this.views = views;
  }

  List<PageView> views() {
    return views;
  }

  /** Notes the transaction that writes the views. */
  void writtenBy(String number) {
    transaction = number;
  }

  /** Returns the transaction of the last try; null before the first one. */
  String transaction() {
    return transaction;
  }
}
