package io.boxoffice.account.oidc;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the body of a request to begin a sign-in. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewIdentitySignIn(
    @NotNull
        @Size(min = 1, max = 2000)
        @Schema(
            description = "Where the provider sends the person back to: one of OIDC_REDIRECT_URIS",
            example = "https://shop.example.com/signed-in")
        String redirectUri) {}
