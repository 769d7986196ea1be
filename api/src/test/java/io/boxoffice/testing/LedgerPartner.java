package io.boxoffice.testing;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.ChargeRequest;
import io.boxoffice.order.payment.PartnerLedger;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.payment.PaymentUnavailableException;
import io.boxoffice.order.payment.PaymentUnknownException;
import io.boxoffice.order.payment.Refund;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A payment partner whose ledger a test writes. It pages as the real one does. */
public final class LedgerPartner implements PaymentPartner {
  private final List<Entry> ledger = new ArrayList<>();
  private final List<PartnerLedger.Query> asked = new ArrayList<>();
  private final int pageSize;
  private int pagesBeforeFailure = Integer.MAX_VALUE;
  private Runnable beside = () -> {};

  /** Creates an empty ledger with pages of the given size. */
  public LedgerPartner(int pageSize) {
    this.pageSize = pageSize;
  }

  /** Adds an entry; it takes the place of the one with the same id. */
  public void put(Entry entry) {
    ledger.removeIf(each -> each.id().equals(entry.id()));
    ledger.add(entry);
    ledger.sort(Comparator.comparing(Entry::createdAt));
  }

  /** Removes an entry. */
  public void remove(String chargeId) {
    ledger.removeIf(each -> each.id().equals(chargeId));
  }

  /** Answers so many pages, and then none. */
  public void failAfter(int pages) {
    this.pagesBeforeFailure = pages;
  }

  /** Runs before each page is answered. */
  public void beside(Runnable action) {
    this.beside = action;
  }

  /** Returns what was asked for since the last call of this method. */
  public List<PartnerLedger.Query> asked() {
    List<PartnerLedger.Query> copy = List.copyOf(asked);
    asked.clear();
    return copy;
  }

  @Override
  public CompletionStage<PartnerLedger.Page> ledger(PartnerLedger.Query query) {
    asked.add(query);
    beside.run();
    if (pagesBeforeFailure-- <= 0) {
      return CompletableFuture.failedFuture(new PaymentUnknownException("no answer"));
    }
    List<Entry> rest =
        ledger.stream()
            .filter(each -> query.orderId() == null || each.orderId().equals(query.orderId()))
            .filter(each -> query.since() == null || !each.createdAt().isBefore(query.since()))
            .toList();
    if (query.after() != null) {
      List<String> ids = rest.stream().map(Entry::id).toList();
      rest = rest.subList(ids.indexOf(query.after()) + 1, rest.size());
    }
    boolean more = rest.size() > pageSize;
    List<Entry> page = more ? rest.subList(0, pageSize) : rest;
    return CompletableFuture.completedFuture(
        new PartnerLedger.Page(page, more ? page.get(pageSize - 1).id() : null));
  }

  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    return CompletableFuture.failedFuture(new PaymentUnavailableException("not asked"));
  }

  @Override
  public CompletionStage<Refund> refund(UUID orderId, String chargeId) {
    return CompletableFuture.failedFuture(new PaymentUnavailableException("not asked"));
  }

  @Override
  public boolean isConfigured() {
    return true;
  }
}
