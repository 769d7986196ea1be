package io.boxoffice.mail.smtp;

import com.google.common.base.CharMatcher;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/**
 * Checks that a text is exactly one address for SMTP, so that none can add a header, a command or
 * another recipient.
 */
public final class MailAddress {
  private static final CharMatcher VISIBLE_ASCII = CharMatcher.inRange('!', '~');

  private MailAddress() {}

  /**
   * Reads an address in ASCII. Other characters would need SMTPUTF8 (RFC 6531), which not every
   * server on the way supports, and a conversion could turn them into the address of somebody else.
   *
   * @return empty if the text is anything else
   */
  public static Optional<InternetAddress> parse(String text) {
    if (!VISIBLE_ASCII.matchesAllOf(text)) {
      return Optional.empty();
    }
    try {
      InternetAddress address = new InternetAddress(text, true);
      address.validate();
      return Optional.of(address).filter(read -> read.getAddress().equals(text));
    } catch (AddressException wrong) {
      return Optional.empty();
    }
  }
}
