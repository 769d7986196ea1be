package io.boxoffice.partners.email;

import io.boxoffice.partners.http.Requests;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.IdempotencyKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Receives requests to send mails, and shows the mails. */
@Path("/mails")
@Produces(MediaType.APPLICATION_JSON)
public final class MailResource {
  private final MailService mails;
  private final MailBook book;

  /** Serves the given parts. */
  MailResource(MailService mails, MailBook book) {
    this.mails = mails;
    this.book = book;
  }

  /** Accepts a mail, or answers with the one of the key. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> accept(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, @NotNull @Valid NewMail mail) {
    return mails
        .accept(Requests.requiredKey(idempotencyKey), mail)
        .thenApply(
            answer ->
                Requests.made(answer.replayed(), answer.mail())
                    .header(HttpHeaders.LOCATION, "/mails/" + answer.mail().id())
                    .build());
  }

  /** Shows one mail. */
  @GET
  @Path("{mailId}")
  public Mail get(@PathParam("mailId") UUID mailId) {
    return Requests.found("mail", book.mail(mailId));
  }

  /** Shows a page of the ledger, in the order in which mails were accepted. */
  @GET
  public Page<Mail> list(
      @QueryParam("since") String since,
      @QueryParam("after") UUID after,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    return Requests.found(book.page(Requests.time("since", since), after, limit));
  }
}
