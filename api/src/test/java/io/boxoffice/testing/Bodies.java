package io.boxoffice.testing;

/** Provides valid request bodies, which a test can use or make invalid in one place. */
public final class Bodies {
  private Bodies() {}

  /** Returns a concert in 2040 with one ticket type that is on sale at once. */
  public static String concert(int capacity) {
    return """
        {"title": "Autumn Tour", "artist": "The Reading Lamps", "venue": "Halle 7",
         "startsAt": "2040-06-01T19:00:00Z",
         "ticketTypes": [{"name": "Standing", "price": {"amount": 4500, "currency": "EUR"},
                          "capacity": %d}]}
        """
        .formatted(capacity);
  }

  /** Returns a purchase of the concert's only ticket type. */
  public static String purchase(int quantity) {
    return """
        {"email": "ada@example.com", "quantity": %d}
        """
        .formatted(quantity);
  }

  /** Returns a concert with two ticket types of the given names. */
  public static String concertOfTwoTypes(String first, String second) {
    return """
        {"title": "t", "artist": "a", "venue": "v", "startsAt": "2040-06-01T19:00:00Z",
         "ticketTypes": [
           {"name": "%s", "price": {"amount": 1, "currency": "EUR"}, "capacity": 1},
           {"name": "%s", "price": {"amount": 1, "currency": "EUR"}, "capacity": 1}]}
        """
        .formatted(first, second);
  }
}
