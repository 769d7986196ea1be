package io.boxoffice.account;

import io.boxoffice.mail.NewMail;
import java.time.Duration;

/** Writes the mails about accounts. */
final class AccountMails {
  private final Duration codeLifetime;

  AccountMails(Duration codeLifetime) {
    this.codeLifetime = codeLifetime;
  }

  NewMail verification(String recipient, String code) {
    return new NewMail(
        recipient,
        "verification",
        "Verify your address",
        """
        To finish your registration at Box Office, send this code with the password that you choose:

        %s

        %s If you did not ask for an account, ignore this mail.
        """
            .formatted(code, validFor()),
        codeLifetime);
  }

  NewMail alreadyRegistered(String recipient, String code) {
    return new NewMail(
        recipient,
        "already-registered",
        "You have an account",
        """
        A registration at Box Office named this address, which has an account. Sign in as before.
        If you forgot the password, this code sets another one:

        %s

        %s If you did not ask for it, ignore this mail.
        """
            .formatted(code, validFor()),
        codeLifetime);
  }

  NewMail passwordReset(String recipient, String code) {
    return new NewMail(
        recipient,
        "password-reset",
        "Set another password",
        """
        To set another password at Box Office, send this code with the password that you choose:

        %s

        %s If you did not ask for it, ignore this mail.
        """
            .formatted(code, validFor()),
        codeLifetime);
  }

  NewMail notRegistered(String recipient, String code) {
    return new NewMail(
        recipient,
        "not-registered",
        "You have no account",
        """
        Another password was asked for at Box Office, but this address has no account. This code
        creates one:

        %s

        %s If you did not ask for it, ignore this mail.
        """
            .formatted(code, validFor()),
        codeLifetime);
  }

  NewMail passwordChanged(String recipient) {
    return new NewMail(
        recipient,
        "password-changed",
        "Your password was changed",
        """
        The password of your account at Box Office was changed, and other sessions have ended.
        If you did not do it, reset the password now.
        """);
  }

  NewMail deleted(String recipient) {
    return new NewMail(
        recipient,
        "account-deleted",
        "Your account was deleted",
        """
        Your account at Box Office was deleted, and its purchases no longer name you.
        """);
  }

  private String validFor() {
    return "The code is valid for %d minutes and works once.".formatted(codeLifetime.toMinutes());
  }
}
