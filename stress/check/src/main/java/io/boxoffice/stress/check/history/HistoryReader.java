package io.boxoffice.stress.check.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a history of JSON Lines: docs/history.md describes the lines. */
public final class HistoryReader {
  /** Strict, so that a misspelled name or a number in quotes is no silent gap in the check. */
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final long LARGEST = 1_000_000_000;
  private static final long LAST_TIME = Long.MAX_VALUE / 4;

  private final Map<String, JsonNode> open = new LinkedHashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final Set<String> ended = new HashSet<>();
  private final Map<String, Purchase> purchases = new LinkedHashMap<>();
  private final Map<String, Stock> stocks = new LinkedHashMap<>();
  private final long maxAge;
  private int line;

  private HistoryReader(long maxAge) {
    this.maxAge = maxAge;
  }

  /**
   * Reads all lines.
   *
   * @param maxAge how old what a request saw may be, if its line does not say it, in microseconds
   * @throws HistoryException for a line without a meaning; it names the line
   */
  public static History read(BufferedReader lines, long maxAge) throws IOException {
    return new HistoryReader(maxAge).readAll(lines);
  }

  private History readAll(BufferedReader lines) throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (!text.isBlank()) {
        readLine(text);
      }
    }
    open.values().forEach(invoked -> add(invoked, null));
    for (Operation operation : operations) {
      if (operation.stock() != null && !stocks.containsKey(operation.stock())) {
        throw wrong("the stock " + operation.stock() + " of an operation has no line");
      }
    }
    return new History(operations, purchases.values(), stocks.values());
  }

  private void readLine(String text) {
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (JsonProcessingException invalid) {
      throw wrong("it is no JSON: " + invalid.getOriginalMessage());
    }
    String what = text(event, "event");
    switch (what) {
      case "stock" -> addStock(event);
      case "purchase" -> addPurchase(event);
      case "left" -> addLeft(event);
      case "invoke" -> {
        String id = text(event, "op");
        if (ended.contains(id) || open.put(id, event) != null) {
          throw wrong("the operation " + id + " is invoked twice");
        }
        time(event);
      }
      case "ok", "sold-out", "declined", "fail", "unknown" -> {
        String id = text(event, "op");
        JsonNode invoked = open.remove(id);
        if (invoked == null) {
          throw wrong("the operation " + id + " was not invoked, or has ended before");
        }
        time(event);
        ended.add(id);
        add(invoked, event);
      }
      default ->
          throw wrong(
              "its event is %s, and not stock, invoke, ok, sold-out, declined, fail, unknown, left or purchase"
                  .formatted(what));
    }
  }

  private void addStock(JsonNode event) {
    String id = text(event, "stock");
    if (stocks.put(id, new Stock(id, number(event, "capacity", 0), null)) != null) {
      throw wrong("the stock " + id + " has two lines");
    }
  }

  private void addLeft(JsonNode event) {
    String id = text(event, "stock");
    Stock stock = stocks.get(id);
    if (stock == null) {
      throw wrong("the stock " + id + " has no line before");
    }
    JsonNode available = event.path("available");
    if (!available.canConvertToLong()) {
      throw wrong("\"available\" must be a whole number");
    }
    // Also a wrong number, such as a negative one, is a finding and no mistake of the history.
    stocks.put(id, new Stock(id, stock.capacity(), available.asLong()));
  }

  private void addPurchase(JsonNode event) {
    String id = text(event, "purchase");
    Purchase purchase =
        new Purchase(
            id,
            text(event, "stock"),
            (int) number(event, "quantity", 1),
            event.hasNonNull("key") ? text(event, "key") : null,
            event.path("givenBack").asBoolean(),
            event.path("expired").asBoolean(),
            event.path("takenAgain").asBoolean(),
            event.path("paid").asBoolean(),
            event.has("heldUntil") ? time(event, "heldUntil") : Long.MIN_VALUE);
    if (!stocks.containsKey(purchase.stock())) {
      throw wrong("the stock " + purchase.stock() + " has no line before");
    }
    if (purchases.put(id, purchase) != null) {
      throw wrong("the purchase " + id + " has two lines");
    }
  }

  private void add(JsonNode invoked, JsonNode answer) {
    String id = text(invoked, "op");
    Kind kind = kind(text(invoked, "do"));
    String word = answer == null ? "unknown" : answer.path("event").asText();
    Outcome outcome =
        switch (word) {
          case "ok" -> Outcome.OK;
          case "sold-out" -> Outcome.SOLD_OUT;
          case "declined" -> Outcome.DECLINED;
          case "fail" -> Outcome.FAILED;
          default -> Outcome.UNKNOWN;
        };
    if (outcome == Outcome.DECLINED && kind != Kind.PAY) {
      throw wrong("the operation " + id + " is declined, and only a payment can be");
    }
    long begin = time(invoked);
    long end = outcome == Outcome.UNKNOWN ? Operation.NEVER : time(answer);
    if (end < begin) {
      throw wrong("the operation " + id + " ends before it is invoked");
    }
    boolean acknowledged = kind == Kind.BUY && outcome == Outcome.OK;
    String purchase = null;
    boolean aboutPurchase = kind == Kind.CANCEL || kind == Kind.PAY;
    if (aboutPurchase) {
      purchase = text(invoked, "purchase");
    } else if (acknowledged) {
      purchase = text(answer, "purchase");
    }
    operations.add(
        new Operation(
            id,
            kind,
            outcome,
            aboutPurchase ? null : text(invoked, "stock"),
            kind == Kind.BUY ? (int) number(invoked, "quantity", 1) : 0,
            kind == Kind.BUY ? text(invoked, "key") : null,
            purchase,
            begin,
            end,
            kind == Kind.READ && outcome == Outcome.OK ? seen(answer) : 0,
            invoked.has("maxAge") ? number(invoked, "maxAge", 0) : aboutPurchase ? 0 : maxAge));
  }

  private Kind kind(String name) {
    return switch (name) {
      case "buy" -> Kind.BUY;
      case "cancel" -> Kind.CANCEL;
      case "pay" -> Kind.PAY;
      case "read" -> Kind.READ;
      default ->
          throw wrong(
              "\"do\" is %s, and not buy, cancel, pay or read"
                  .formatted(name.toLowerCase(Locale.ROOT)));
    };
  }

  private long seen(JsonNode answer) {
    JsonNode available = answer.path("available");
    if (!available.canConvertToLong() || !available.isIntegralNumber()) {
      throw wrong("\"available\" must be a whole number");
    }
    return available.asLong();
  }

  private String text(JsonNode event, String name) {
    JsonNode value = event.path(name);
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw wrong("\"%s\" must be a text or a whole number".formatted(name));
    }
    return value.asText();
  }

  private long time(JsonNode event) {
    return time(event, "time");
  }

  private long time(JsonNode event, String name) {
    JsonNode value = event.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > LAST_TIME) {
      throw wrong("\"%s\" must be a whole number of microseconds, 0 or more".formatted(name));
    }
    return value.asLong();
  }

  private long number(JsonNode event, String name, long least) {
    JsonNode value = event.path(name);
    if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > LARGEST) {
      throw wrong("\"%s\" must be a whole number from %d to %d".formatted(name, least, LARGEST));
    }
    return value.asLong();
  }

  private HistoryException wrong(String reason) {
    return new HistoryException("Line %d: %s".formatted(line, reason));
  }
}
