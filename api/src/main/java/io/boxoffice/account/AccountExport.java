package io.boxoffice.account;

import io.boxoffice.account.factor.SecondFactorState;
import io.boxoffice.account.oidc.Identity;
import io.boxoffice.account.session.Session;
import io.boxoffice.order.Order;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.allocation.Purchase;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Represents the data that the service holds about a person (GDPR, article 15).
 *
 * @param secondFactor whether a code is asked at sign-in; never its secret
 * @param sessions the first page of them; {@code GET /v1/sessions} has the others
 * @param identities the first page of them; {@code GET /v1/accounts/me/identities} has the others
 * @param purchases the first page of them; {@code GET /v1/accounts/me/purchases} has the others
 * @param orders the first page of them; {@code GET /v1/accounts/me/orders} has the others
 */
@Schema(
    requiredProperties = {
      "account",
      "secondFactor",
      "sessions",
      "identities",
      "purchases",
      "orders"
    })
public record AccountExport(
    Account account,
    SecondFactorState secondFactor,
    Page<Session> sessions,
    Page<Identity> identities,
    Page<Purchase> purchases,
    Page<Order> orders) {}
