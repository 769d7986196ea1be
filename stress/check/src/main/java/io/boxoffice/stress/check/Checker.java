package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.receipt.ReceiptCheck;
import io.boxoffice.stress.check.stock.StockCheck;
import io.boxoffice.stress.check.stock.StockHistory;
import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides whether a history keeps the promises of a shop. */
public final class Checker {
  private Checker() {}

  /** Checks receipts and stocks. */
  public static Verdict check(History history) {
    List<Contradiction> contradictions = new ArrayList<>(ReceiptCheck.of(history));
    List<StockHistory> stocks = StockHistory.of(history);
    StockCheck stockCheck = new StockCheck();
    stockCheck.check(stocks, history.purchases(), contradictions.isEmpty());
    contradictions.addAll(stockCheck.contradictions());
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("operations", (long) history.operations().size());
    history.operations().forEach(one -> figures.merge(word(one.outcome()), 1L, Long::sum));
    figures.put("purchases", (long) history.purchases().size());
    figures.put("stocks", (long) stocks.size());
    return new Verdict(figures, contradictions, stockCheck.undecided());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case OK -> "done";
      case SOLD_OUT -> "sold out";
      case DECLINED -> "declined";
      case FAILED -> "refused";
      case UNKNOWN -> "without an answer";
    };
  }
}
