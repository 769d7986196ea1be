package io.boxoffice.testing;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/** A real SMTP server on loopback, which a test can make refuse, fail and restart. */
public final class MailServer implements AutoCloseable {
  /** The user of a server that asks for one. */
  public static final String USER = "shop@example.com";

  /** The password of the user, with characters that a URL must encode. */
  public static final String PASSWORD = "p@ss:w/rd?+ %";

  /** Where in the dialogue the server asks the test what to answer. */
  public enum Step {
    SENDER,
    RECIPIENT,
    /** After the text was received. */
    TEXT
  }

  /** Decides what the server answers; an exception refuses. */
  @FunctionalInterface
  public interface Answers {
    /**
     * Runs at each step.
     *
     * @param address of the sender or, later, of the recipient
     */
    void at(Step step, String address) throws RejectException;
  }

  /**
   * A mail that the server received.
   *
   * @param encrypted whether STARTTLS was used
   * @param user who had signed in; empty for nobody
   */
  public record Received(String recipient, String text, boolean encrypted, String user) {

    /** Parses the text. */
    public MimeMessage message() {
      try {
        return new MimeMessage(
            null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      } catch (MessagingException cause) {
        throw new IllegalStateException(cause);
      }
    }

    /** Returns a header of the text. */
    public String header(String name) {
      try {
        return message().getHeader(name, null);
      } catch (MessagingException cause) {
        throw new IllegalStateException(cause);
      }
    }
  }

  private final SMTPServer.Builder settings;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Answers answers = (step, address) -> {};
  private SMTPServer server;

  private MailServer(SMTPServer.Builder settings) {
    this.settings =
        settings
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .messageHandlerFactory(Handler::new);
    this.server = settings.build();
    server.start();
  }

  /** Starts a server without encryption on a free port. */
  public static MailServer plain() {
    return new MailServer(SMTPServer.port(0));
  }

  /** Starts a server that offers STARTTLS. */
  public static MailServer withStartTls(TestCertificate certificate) {
    return new MailServer(
        SMTPServer.port(0).enableTLS().startTlsSocketFactory(certificate.server()));
  }

  /** Starts a server that needs STARTTLS and a sign-in. */
  public static MailServer withStartTlsAndLogin(TestCertificate certificate) {
    SMTPServer.Builder settings =
        SMTPServer.port(0)
            .enableTLS()
            .requireTLS()
            .requireAuth()
            .startTlsSocketFactory(certificate.server());
    return withLogin(settings);
  }

  /** Starts a server that needs a sign-in, without encryption. */
  public static MailServer withLogin() {
    return withLogin(SMTPServer.port(0).requireAuth());
  }

  /** Starts a server whose connections are encrypted from the first byte. */
  public static MailServer withTls(TestCertificate certificate) {
    return new MailServer(SMTPServer.port(0).serverSocketFactory(certificate.server()));
  }

  private static MailServer withLogin(SMTPServer.Builder settings) {
    settings.authenticationHandlerFactory(
        new EasyAuthenticationHandlerFactory(
            (user, password, context) -> {
              if (!user.equals(USER) || !password.equals(PASSWORD)) {
                throw new LoginFailedException();
              }
            }));
    return new MailServer(settings);
  }

  /** Sets what the server answers from now on. */
  public void answer(Answers another) {
    answers = another;
  }

  /** Returns the port. */
  public int port() {
    return server.getPortAllocated();
  }

  /** Returns what the server accepted, or would have accepted after {@link Step#TEXT}. */
  public List<Received> received() {
    return received;
  }

  /** Returns what was received for an address. */
  public List<Received> receivedBy(String recipient) {
    return received.stream().filter(mail -> mail.recipient().equals(recipient)).toList();
  }

  /** Stops listening and ends all connections. */
  public void stop() {
    server.stop();
  }

  /** Starts again on the same port. */
  public void restart() {
    server = settings.port(port()).build();
    server.start();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Handler implements MessageHandler {
    private final MessageContext context;
    private String recipient = "";

    Handler(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String sender) throws RejectException {
      answers.at(Step.SENDER, sender);
    }

    @Override
    public void recipient(String address) throws RejectException {
      recipient = address;
      answers.at(Step.RECIPIENT, address);
    }

    @Override
    public String data(InputStream data) throws RejectException {
      try {
        String text = new String(data.readAllBytes(), StandardCharsets.UTF_8);
        String user =
            context
                .getAuthenticationHandler()
                .map(handler -> handler.getIdentity().toString())
                .orElse("");
        received.add(new Received(recipient, text, ((Session) context).isTLSStarted(), user));
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
      answers.at(Step.TEXT, recipient);
      return null;
    }

    @Override
    public void done() {}
  }
}
