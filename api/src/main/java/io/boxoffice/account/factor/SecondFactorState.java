package io.boxoffice.account.factor;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Represents the second factor of an account for its owner.
 *
 * @param active whether a sign-in with the password needs a code
 * @param recoveryCodesLeft how many recovery codes were not used
 */
@Schema(requiredProperties = {"active", "recoveryCodesLeft"})
public record SecondFactorState(boolean active, int recoveryCodesLeft) {}
