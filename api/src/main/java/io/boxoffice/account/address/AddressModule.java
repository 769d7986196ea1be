package io.boxoffice.account.address;

import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SessionModule;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import java.time.Duration;

/** Builds the change of addresses. */
public final class AddressModule {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  private AddressModule() {}

  /**
   * Registers the resource and the deletion of expired codes.
   *
   * @param codeLifetime how long the code of a change is valid
   */
  public static void install(
      Foundation foundation,
      Duration codeLifetime,
      SessionModule session,
      Reauthentication reauthentication,
      Mails mails) {
    AddressService addresses =
        new AddressService(
            foundation.jdbi(),
            foundation.clock(),
            foundation.random(),
            codeLifetime,
            mails,
            reauthentication,
            session.hashing(),
            session.sessions());
    foundation.environment().jersey().register(new AddressResource(addresses));
    foundation
        .environment()
        .lifecycle()
        .manage(
            new RepeatedTask(
                "address-change-deletion", BETWEEN_DELETIONS, addresses::deleteExpired));
  }
}
