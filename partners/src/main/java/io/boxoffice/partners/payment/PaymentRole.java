package io.boxoffice.partners.payment;

import io.boxoffice.partners.Partner;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.payment.callback.CallbackSender;
import io.boxoffice.partners.payment.ledger.Book;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.LedgerEntry;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Builds the payment partner from its settings. */
public final class PaymentRole implements Role {
  @Override
  public String name() {
    return "payment";
  }

  @Override
  public void install(PartnersConfiguration configuration, Partner partner) {
    PaymentSettings settings = configuration.payment();
    Optional<URI> target = settings.callbacks().target();
    Ledger ledger = Ledger.open(partner.clock(), Path.of(settings.directory()), partner.json());
    partner.keep(ledger.journal());
    PaymentMetrics metrics = new PaymentMetrics(partner.prometheus());
    Book book = ledger.book();
    Behaviour behaviour = new Behaviour(settings, book.size());
    Consumer<Callback> callbacks = callback -> book.forget(callback.id());
    if (target.isPresent()) {
      CallbackSender sender =
          new CallbackSender(
              target.get(),
              settings.callbacks(),
              partner.json(),
              partner.clock(),
              partner.timer(),
              partner.executor(),
              (callback, outcome) -> record(callback, outcome, ledger, metrics));
      callbacks = callback -> behaviour.nextCallback().forEach(at -> sender.send(callback, at));
      partner.gauge("payment_callbacks_pending", "Callbacks to be sent.", sender::pending);
      partner.afterStart(() -> sender.sendAgain(book.undelivered()));
    }
    Charges charges =
        new Charges(
            settings,
            ledger,
            behaviour,
            partner.waits(),
            partner.ids(),
            partner.executor(),
            callbacks,
            metrics,
            new ConcurrentHashMap<>());
    Refunds refunds =
        new Refunds(
            ledger,
            partner.ids(),
            partner.executor(),
            callbacks,
            metrics,
            new ConcurrentHashMap<>());
    partner.gauge("payment_charges_in_progress", "Charges without an answer.", charges::inProgress);
    partner.gauge("payment_ledger_charges", "Charges in the ledger.", book::size);
    partner.serve(new ChargeResource(charges, refunds, book));
  }

  private static void record(
      Callback callback, CallbackSender.Outcome outcome, Ledger ledger, PaymentMetrics metrics) {
    metrics.called(outcome);
    switch (outcome) {
      case DELIVERED -> {
        // If this line is lost in a crash, the shop gets the callback once more.
        var unused = ledger.journal().append(now -> new LedgerEntry.Delivered(callback.id()));
      }
      case GIVEN_UP -> ledger.book().forget(callback.id());
      case FAILED -> {}
    }
  }
}
