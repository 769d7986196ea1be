package io.boxoffice.account.oidc;

import io.boxoffice.mail.NewMail;

/** Writes the mails that tell people who may sign in to their account. */
final class IdentityMails {
  private IdentityMails() {}

  static NewMail created(String recipient, String issuer) {
    return new NewMail(
        recipient,
        "account-created",
        "You have an account",
        """
        A sign-in by %s created an account at Box Office for this address. The account has no
        password. To set one, ask for another password.

        If you did not do it, set a password and remove the sign-in by %s.
        """
            .formatted(issuer, issuer));
  }

  static NewMail linked(String recipient, String issuer) {
    return new NewMail(
        recipient,
        "identity-linked",
        "Another way to sign in",
        """
        From now on, a sign-in by %s opens your account at Box Office.
        If you did not do it, remove it now and set another password.
        """
            .formatted(issuer));
  }

  static NewMail removed(String recipient, String issuer) {
    return new NewMail(
        recipient,
        "identity-removed",
        "A way to sign in was removed",
        """
        A sign-in by %s no longer opens your account at Box Office, and other sessions have ended.
        If you did not do it, reset the password now.
        """
            .formatted(issuer));
  }
}
