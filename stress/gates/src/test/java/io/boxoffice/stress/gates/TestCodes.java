package io.boxoffice.stress.gates;

import io.boxoffice.gate.code.format.TicketCode;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Showing;
import io.boxoffice.stress.gates.plan.Ticket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Signs ticket codes as the shop does. */
public final class TestCodes {
  /** The concert of the run. */
  public static final UUID CONCERT = UUID.randomUUID();

  /** Another one. */
  public static final UUID OTHER_CONCERT = UUID.randomUUID();

  private static final int KEY_LENGTH = 32;
  private static final KeyPair KEYS = keys();

  private TestCodes() {}

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A verifier with the public key. */
  public static TicketVerifier verifier() {
    byte[] x509 = KEYS.getPublic().getEncoded();
    return TicketVerifier.of(
        Map.of(0, Arrays.copyOfRange(x509, x509.length - KEY_LENGTH, x509.length)));
  }

  /** A new ticket with its code. */
  public static Ticket ticket(UUID concert) {
    TicketCode code = new TicketCode(0, UUID.randomUUID(), concert);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(KEYS.getPrivate());
      signature.update(code.message());
      return new Ticket(code.ticketId(), code.text(signature.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** New tickets. */
  public static List<Ticket> tickets(UUID concert, int count) {
    return Stream.generate(() -> ticket(concert)).limit(count).toList();
  }

  /** A person with a valid ticket. */
  public static Showing valid() {
    Ticket ticket = ticket(CONCERT);
    return Showing.inwards(Kind.VALID, ticket.id(), ticket.code());
  }

  /** A person with a code that the shop did not sign. */
  public static Showing forged() {
    return Showing.inwards(Kind.FORGED, null, "BX1:FORGED");
  }
}
