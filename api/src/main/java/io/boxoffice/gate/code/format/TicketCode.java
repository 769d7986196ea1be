package io.boxoffice.gate.code.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Represents what a ticket code says. Its text is {@code BX1:} and the Base45 text of the number of
 * the key (2 bytes), the ticket id (16), the concert id (16) and an Ed25519 signature (64).
 *
 * @param keyNumber the key that signed it, 0 to 65,535
 */
public record TicketCode(int keyNumber, UUID ticketId, UUID concertId) {
  /** What every code begins with; the digit is the version of the format. */
  public static final String PREFIX = "BX1:";

  /** The length of every code, in characters. */
  public static final int LENGTH = 151;

  /** The length of a signature, in bytes. */
  static final int SIGNATURE_LENGTH = 64;

  /** The length of what stands before the signature, in bytes. */
  static final int CONTENT_LENGTH = 34;

  /** Signed before the content, so that no signature for another purpose is one of a ticket. */
  private static final byte[] PURPOSE = "boxoffice ticket 1".getBytes(StandardCharsets.US_ASCII);

  /**
   * Creates the content of a code.
   *
   * @throws IllegalArgumentException when the number of the key does not fit into two bytes
   */
  public TicketCode {
    if (keyNumber < 0 || keyNumber > 0xffff) {
      throw new IllegalArgumentException("The number of the key must be 0 to 65535: " + keyNumber);
    }
    Objects.requireNonNull(ticketId);
    Objects.requireNonNull(concertId);
  }

  /** Reads the content from the first 34 bytes. */
  static TicketCode read(ByteBuffer bytes) {
    return new TicketCode(
        Short.toUnsignedInt(bytes.getShort()),
        new UUID(bytes.getLong(), bytes.getLong()),
        new UUID(bytes.getLong(), bytes.getLong()));
  }

  private ByteBuffer writeTo(ByteBuffer bytes) {
    return bytes
        .putShort((short) keyNumber)
        .putLong(ticketId.getMostSignificantBits())
        .putLong(ticketId.getLeastSignificantBits())
        .putLong(concertId.getMostSignificantBits())
        .putLong(concertId.getLeastSignificantBits());
  }

  /** Returns the 52 bytes that are signed. */
  public byte[] message() {
    return writeTo(ByteBuffer.allocate(PURPOSE.length + CONTENT_LENGTH).put(PURPOSE)).array();
  }

  /**
   * Returns the text of the code.
   *
   * @param signature that of {@link #message}
   * @throws IllegalArgumentException when it has not 64 bytes
   */
  public String text(byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("A signature has 64 bytes, not " + signature.length);
    }
    return PREFIX
        + Base45.encode(
            writeTo(ByteBuffer.allocate(CONTENT_LENGTH + SIGNATURE_LENGTH)).put(signature).array());
  }
}
