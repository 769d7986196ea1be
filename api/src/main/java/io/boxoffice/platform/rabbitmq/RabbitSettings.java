package io.boxoffice.platform.rabbitmq;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.rabbitmq.client.ConnectionFactory;
import io.boxoffice.platform.StartupException;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Says whether the service uses RabbitMQ, and where it is.
 *
 * @param url blank for no RabbitMQ
 */
public record RabbitSettings(@JsonProperty @NotNull String url) {
  private static final int MOST_PORT = 65_535;

  /** Empty, or one segment; a slash in the name of a virtual host is percent-encoded. */
  private static final Pattern VIRTUAL_HOST = Pattern.compile("(/[^/]*)?");

  /** Whether there is an address. */
  public boolean isOn() {
    return !url.isBlank();
  }

  /**
   * Checks the address before anything starts.
   *
   * @throws StartupException when it has another form
   */
  public void requireUsableUrl() {
    if (isOn()) {
      ConnectionFactory unused = factory();
    }
  }

  /**
   * Returns what opens connections to the address. With {@code amqps} the server's certificate must
   * be valid for its name.
   *
   * @throws StartupException when the address has another form; the message leaves it out, because
   *     it may contain a password
   */
  public ConnectionFactory factory() {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException containsTheAddress) {
      throw invalid();
    }
    boolean tls = "amqps".equals(uri.getScheme());
    boolean valid =
        (tls || "amqp".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getPort() <= MOST_PORT
            && uri.getPort() != 0
            && VIRTUAL_HOST.matcher(uri.getRawPath()).matches()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!valid) {
      throw invalid();
    }
    ConnectionFactory factory = new ConnectionFactory();
    // Of an IPv6 address, an URI has the brackets and the client does not.
    factory.setHost(uri.getHost().replaceAll("[\\[\\]]", ""));
    if (tls) {
      useTls(factory);
    }
    if (uri.getPort() > 0) {
      factory.setPort(uri.getPort());
    }
    if (uri.getRawPath().length() > 1) {
      factory.setVirtualHost(decoded(uri.getRawPath().substring(1)));
    }
    if (uri.getRawUserInfo() != null) {
      authenticate(factory, uri.getRawUserInfo());
    }
    return factory;
  }

  private static void useTls(ConnectionFactory factory) {
    try {
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    } catch (NoSuchAlgorithmException cause) {
      throw new StartupException("RABBITMQ_URL asks for TLS, which this Java lacks.", cause);
    }
  }

  private static void authenticate(ConnectionFactory factory, String userAndPassword) {
    String[] parts = userAndPassword.split(":", 2);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw invalid();
    }
    factory.setUsername(decoded(parts[0]));
    factory.setPassword(decoded(parts[1]));
  }

  /** Decodes percent-encoding only; the decoder would also turn a plus sign into a space. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static StartupException invalid() {
    return new StartupException(
        "RABBITMQ_URL is not valid. Expected is amqp://USER:PASSWORD@HOST, amqp://USER:PASSWORD@HOST:PORT/VIRTUAL-HOST, or the same with"
            + " amqps:// for TLS; percent-encode special characters of the password and of the virtual host. Leave RABBITMQ_URL empty"
            + " to run without RabbitMQ.");
  }

  /** Leaves the address out, because it may contain a password. */
  @Override
  public String toString() {
    return "RabbitSettings[]";
  }
}
