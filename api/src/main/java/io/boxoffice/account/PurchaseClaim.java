package io.boxoffice.account;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Represents what a claim added to an account.
 *
 * @param claimed how many purchases, those of orders among them
 * @param claimedOrders how many orders
 */
@Schema(requiredProperties = {"claimed", "claimedOrders"})
public record PurchaseClaim(int claimed, int claimedOrders) {}
