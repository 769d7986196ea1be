package io.boxoffice.mail;

import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Serves the kept mails over HTTP, to operators only: a mail can contain a one-time code. */
@Path("/v1/mails")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mails")
public final class MailResource {
  private final StoredMails mails;

  /** Serves the given mails. */
  public MailResource(StoredMails mails) {
    this.mails = mails;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "MailPage",
      requiredProperties = {"items", "next"})
  private record MailPage(List<Mail> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists mails. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "listMails",
      summary = "Read the mails of the service and what became of them, oldest first",
      description = "Mails are deleted after MAIL_RETENTION, sent or not.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "A page of mails",
      content = @Content(schema = @Schema(implementation = MailPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<Mail> list(
      @QueryParam("recipient")
          @Size(min = 3, max = 254)
          @PlainText
          @Parameter(description = "The whole address, as the mail has it")
          String recipient,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return mails.list(recipient, after, limit);
  }
}
