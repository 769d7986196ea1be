package io.boxoffice.account.address;

import io.boxoffice.mail.NewMail;
import java.time.Duration;

/** Writes the mails about a change of address. */
final class AddressMails {
  private final Duration codeLifetime;

  AddressMails(Duration codeLifetime) {
    this.codeLifetime = codeLifetime;
  }

  NewMail confirmation(String newAddress, String code) {
    return new NewMail(
        newAddress,
        "address-confirmation",
        "Confirm your new address",
        """
        To use this address for your account at Box Office, send this code while you are signed in:

        %s

        The code is valid for %d minutes and works once. If you did not ask for it, ignore this mail.
        """
            .formatted(code, codeLifetime.toMinutes()),
        codeLifetime);
  }

  NewMail inUse(String address) {
    return new NewMail(
        address,
        "address-in-use",
        "You have an account",
        """
        Another account at Box Office was to use this address. Nothing was changed, because this
        address has an account. If both accounts are yours, delete one of them first.
        """,
        codeLifetime);
  }

  NewMail requested(String oldAddress) {
    return new NewMail(
        oldAddress,
        "address-change-requested",
        "Another address was asked for",
        """
        Your account at Box Office is to get another mail address, which must confirm it first.
        If you did not ask for it, somebody knows your password: change it now. This also stops the
        change of the address.
        """);
  }

  NewMail changed(String oldAddress) {
    return new NewMail(
        oldAddress,
        "address-changed",
        "Your address was changed",
        """
        Your account at Box Office has another mail address now. Mails no longer go to this one, and
        other sessions have ended.
        If you did not do it, tell the operators of the shop now: somebody else has your account.
        """);
  }
}
