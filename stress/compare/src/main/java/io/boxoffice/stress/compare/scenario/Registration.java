package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.bench.service.Accounts;
import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.List;

/** An account is created with a code of a mail, and the email partner gets a welcome mail. */
final class Registration implements Scenario {
  private final Stage stage;
  private final Accounts accounts;
  private Accounts.Invitation[] invitations = {};

  /** Registers people with the codes that an operator reads. */
  Registration(Stage stage, Accounts accounts) {
    this.stage = stage;
    this.accounts = accounts;
  }

  @Override
  public void prepare(int requests) {
    Accounts.Invitation[] made = new Accounts.Invitation[requests];
    Stage.forEach(requests, index -> made[index] = accounts.invite());
    invitations = made;
  }

  @Override
  public HttpRequest.Builder request(int index) {
    return stage
        .buyers()
        .request(
            "POST",
            "/v1/account-verifications",
            "{\"code\": \"%s\", \"password\": \"%s\"}"
                .formatted(invitations[index].code(), Accounts.PASSWORD));
  }

  @Override
  public String key(int index) {
    return invitations[index].email();
  }

  @Override
  public boolean accepts(int status) {
    return status == 201;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    Effects effects = new Effects();
    stage.rows("SELECT email FROM accounts", row -> effects.committed(row.getString(1)));
    stage
        .partners()
        .pages("/mails")
        .forEach(
            mail -> effects.add(mail.path("to").asText(), Stage.micros(mail.path("createdAt"))));
    return effects;
  }
}
