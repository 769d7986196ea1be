package io.boxoffice.mail.smtp;

import com.google.common.base.Splitter;
import io.boxoffice.platform.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Names the server that sends mails, as {@code SMTP_URL} does. No message contains the URL, because
 * it can contain a password.
 *
 * @param port 1 to 65535
 * @param user empty for a server that needs no sign-in
 */
public record SmtpServer(
    String host, int port, Encryption encryption, String user, String password) {
  private static final String EXPECTED =
      "Expected is smtps://user:password@host:465 or smtp://user:password@host:587, with special"
          + " characters of the user and the password percent-encoded (docs/mail.md).";
  private static final int TLS_PORT = 465;
  private static final int SUBMISSION_PORT = 587;
  private static final int LAST_PORT = 65_535;
  private static final String PARAMETER = "starttls=";

  /** How the connection is encrypted. */
  public enum Encryption {
    /** TLS from the first byte (RFC 8314, section 3.3). */
    TLS,
    /** STARTTLS (RFC 3207); without it, no mail is sent. */
    STARTTLS_REQUIRED,
    /** STARTTLS if the server offers it, which an attacker in between can prevent. */
    STARTTLS_IF_OFFERED,
    /** None. */
    NONE
  }

  /**
   * Reads the setting.
   *
   * @throws StartupException when the URL is not valid, or sends a password without encryption to
   *     another machine
   */
  public static SmtpServer parse(String url) {
    URI uri = uri(url);
    String host = uri.getHost();
    if (host == null) {
      throw invalid("it has no valid host");
    }
    if (!uri.getRawPath().isEmpty() || uri.getRawFragment() != null) {
      throw invalid("there must be nothing but ?starttls=... after the port");
    }
    List<String> login = login(uri.getRawUserInfo());
    Encryption encryption = encryption(uri, isLoopback(host));
    boolean protectedLogin =
        encryption == Encryption.TLS || encryption == Encryption.STARTTLS_REQUIRED;
    if (!login.get(0).isEmpty() && !protectedLogin && !isLoopback(host)) {
      throw invalid("a user and a password need smtps:// or starttls=required");
    }
    return new SmtpServer(
        host.replaceAll("[\\[\\]]", ""),
        port(uri, encryption),
        encryption,
        login.get(0),
        login.get(1));
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      if (uri.isOpaque() || uri.getRawAuthority() == null) {
        throw invalid("it is no URL with a host");
      }
      return uri;
    } catch (URISyntaxException wrong) {
      throw invalid("it is no URL (at character %d)".formatted(wrong.getIndex() + 1));
    }
  }

  private static Encryption encryption(URI uri, boolean loopback) {
    String query = uri.getRawQuery();
    if ("smtps".equals(uri.getScheme()) && query == null) {
      return Encryption.TLS;
    }
    if (!"smtp".equals(uri.getScheme())) {
      throw invalid("it must begin with smtp://, or with smtps:// and have no ?starttls");
    }
    if (query == null) {
      return loopback ? Encryption.STARTTLS_IF_OFFERED : Encryption.STARTTLS_REQUIRED;
    }
    return switch (query) {
      case PARAMETER + "required" -> Encryption.STARTTLS_REQUIRED;
      case PARAMETER + "if-offered" -> Encryption.STARTTLS_IF_OFFERED;
      case PARAMETER + "never" -> Encryption.NONE;
      default -> throw invalid("after ? it must have starttls=required, if-offered or never");
    };
  }

  private static int port(URI uri, Encryption encryption) {
    if (uri.getPort() == -1) {
      return encryption == Encryption.TLS ? TLS_PORT : SUBMISSION_PORT;
    }
    if (uri.getPort() < 1 || uri.getPort() > LAST_PORT) {
      throw invalid("the port must be 1 to %d".formatted(LAST_PORT));
    }
    return uri.getPort();
  }

  private static List<String> login(String userInfo) {
    if (userInfo == null) {
      return List.of("", "");
    }
    List<String> parts =
        Splitter.on(':').limit(2).splitToStream(userInfo).map(SmtpServer::decoded).toList();
    if (parts.size() != 2 || parts.contains("")) {
      throw invalid("before @ it must have a user and a password");
    }
    return parts;
  }

  /** Decodes percent signs only: in this part of a URL, a plus sign is no space. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** By its text, so that no answer of a name server can turn the encryption off. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
  }

  private static StartupException invalid(String reason) {
    return new StartupException("SMTP_URL is not valid: %s. %s".formatted(reason, EXPECTED));
  }

  /** Shows where mails go, without the user and the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
