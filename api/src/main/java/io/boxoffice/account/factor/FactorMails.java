package io.boxoffice.account.factor;

import io.boxoffice.mail.NewMail;

/** Writes the mails about the second factor. */
public final class FactorMails {
  private FactorMails() {}

  /** The factor was switched on. */
  public static NewMail switchedOn(String recipient) {
    return new NewMail(
        recipient,
        "second-factor-on",
        "A second factor is on",
        """
        To sign in to your account at Box Office, you now need a code of your authenticator app.
        Other sessions have ended. Keep your recovery codes in a safe place.
        If you did not do it, someone knows your password: reset it now, and ask the shop to help.
        """);
  }

  /** The factor was switched off. */
  public static NewMail switchedOff(String recipient) {
    return new NewMail(
        recipient,
        "second-factor-off",
        "The second factor is off",
        """
        To sign in to your account at Box Office, the password is now enough. Other sessions have
        ended. If you did not do it, reset the password now.
        """);
  }

  /** A recovery code was used to sign in. */
  public static NewMail recoveryCodeUsed(String recipient, int left) {
    return new NewMail(
        recipient,
        "recovery-code-used",
        "A recovery code was used",
        """
        A recovery code was used to sign in to your account at Box Office. Codes left: %d.
        If you did not do it, change the password now, and switch the second factor off and on.
        """
            .formatted(left));
  }

  /** The password was right and several codes were wrong. */
  public static NewMail wrongCodes(String recipient) {
    return new NewMail(
        recipient,
        "second-factor-failed",
        "Several codes were wrong",
        """
        The password of your account at Box Office was sent several times, each time with a wrong
        code. If it was not you, someone knows your password: change it now. While the codes of your
        app must wait, a recovery code signs you in.
        """);
  }
}
