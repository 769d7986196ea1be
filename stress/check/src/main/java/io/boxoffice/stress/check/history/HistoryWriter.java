package io.boxoffice.stress.check.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes what {@link HistoryReader} reads: docs/history.md describes the lines. */
public final class HistoryWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryWriter() {}

  private record Line(long time, boolean isAnswer, Operation operation) {}

  /** Writes the stocks, the requests and answers in the order of their times, and the end. */
  public static void write(History history, Writer to) throws IOException {
    for (Stock stock : history.stocks()) {
      write(to, event("stock").put("stock", stock.id()).put("capacity", stock.capacity()));
    }
    List<Line> lines = new ArrayList<>();
    for (Operation operation : history.operations()) {
      lines.add(new Line(operation.invoked(), false, operation));
      if (operation.outcome() != Outcome.UNKNOWN) {
        lines.add(new Line(operation.ended(), true, operation));
      }
    }
    lines.sort(Comparator.comparingLong(Line::time).thenComparing(Line::isAnswer));
    for (Line line : lines) {
      write(to, line.isAnswer() ? answer(line.operation()) : invocation(line.operation()));
    }
    for (Purchase purchase : history.purchases()) {
      write(to, purchase(purchase));
    }
    for (Stock stock : history.stocks()) {
      if (stock.available() != null) {
        write(to, event("left").put("stock", stock.id()).put("available", stock.available()));
      }
    }
  }

  private static ObjectNode purchase(Purchase purchase) {
    ObjectNode line =
        event("purchase")
            .put("purchase", purchase.id())
            .put("stock", purchase.stock())
            .put("quantity", purchase.quantity())
            .put("key", purchase.key());
    putIfTrue(line, "givenBack", purchase.givenBack());
    putIfTrue(line, "expired", purchase.expired());
    putIfTrue(line, "takenAgain", purchase.takenAgain());
    putIfTrue(line, "paid", purchase.paid());
    return purchase.heldUntil() == Long.MIN_VALUE
        ? line
        : line.put("heldUntil", purchase.heldUntil());
  }

  private static void putIfTrue(ObjectNode line, String name, boolean value) {
    if (value) {
      line.put(name, true);
    }
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private static ObjectNode invocation(Operation operation) {
    ObjectNode line =
        event("invoke")
            .put("op", operation.id())
            .put("time", operation.invoked())
            .put("do", operation.kind().name().toLowerCase(Locale.ROOT));
    switch (operation.kind()) {
      case BUY ->
          line.put("stock", operation.stock())
              .put("quantity", operation.quantity())
              .put("key", operation.key())
              .put("maxAge", operation.maxAge());
      case CANCEL, PAY -> line.put("purchase", operation.purchase());
      case READ -> line.put("stock", operation.stock()).put("maxAge", operation.maxAge());
    }
    return line;
  }

  private static ObjectNode answer(Operation operation) {
    String name =
        switch (operation.outcome()) {
          case OK -> "ok";
          case SOLD_OUT -> "sold-out";
          case DECLINED -> "declined";
          case FAILED -> "fail";
          case UNKNOWN -> "unknown";
        };
    ObjectNode line = event(name).put("op", operation.id()).put("time", operation.ended());
    if (operation.outcome() == Outcome.OK && operation.kind() == Kind.BUY) {
      line.put("purchase", operation.purchase());
    } else if (operation.outcome() == Outcome.OK && operation.kind() == Kind.READ) {
      line.put("available", operation.available());
    }
    return line;
  }

  private static void write(Writer to, ObjectNode line) throws IOException {
    to.write(JSON.writeValueAsString(line));
    to.write('\n');
  }
}
