package io.boxoffice.gate.code;

import com.nimbusds.jose.jwk.OctetKeyPair;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.key.KeyNumbers;
import io.boxoffice.platform.key.RotatingKeys;
import io.boxoffice.purchase.PurchaseService;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;

/**
 * Builds ticket codes from their settings: keys, tickets with codes, QR codes.
 *
 * @param codes signs and checks codes, for what reads them
 */
public record TicketCodeModule(TicketCodes codes) {

  /**
   * Registers the resources, and what keeps this replica's keys up to date.
   *
   * @param numbers of the keys that this site creates
   * @param purchases has the tickets
   * @param callers tells which account or operator sends a request
   */
  public static TicketCodeModule install(
      Foundation foundation,
      TicketKeySettings settings,
      KeyNumbers numbers,
      PurchaseService purchases,
      CallerAccess callers) {
    RotatingKeys<OctetKeyPair> keys =
        TicketKeys.in(
            foundation.jdbi(), foundation.clock(), foundation.random(), numbers, settings);
    TicketCodes codes = new TicketCodes(keys);
    TicketService tickets = new TicketService(purchases, codes);
    Environment environment = foundation.environment();
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new TicketKeyResource(keys));
    jersey.register(new TicketResource(tickets));
    jersey.register(new PurchaseTicketsResource(tickets, callers));
    environment
        .lifecycle()
        .manage(new RepeatedTask("ticket-keys", RotatingKeys.POLL, keys::follow));
    return new TicketCodeModule(codes);
  }
}
