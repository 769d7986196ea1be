package io.boxoffice.partners.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs statements by Ed25519 (RFC 8032, RFC 8037). The key is made at the first start, and stays
 * in the folder of the ledger, readable by the partner's user only.
 */
final class SigningKey {
  private static final String NAME = "signing-key.pem";
  private static final String ALGORITHM = "Ed25519";

  /** The point of an Ed25519 key is at the end of its encoding (RFC 8410, section 4). */
  private static final int POINT_BYTES = 32;

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  /** The public key for verifiers (RFC 7517). */
  record PublicKey(
      String kty, String crv, String x, String kid, String alg, String use, String pem) {}

  /** A set of keys. */
  record Keys(List<PublicKey> keys) {}

  private final KeyPair pair;
  private final ObjectMapper json;
  private final PublicKey published;

  private SigningKey(KeyPair pair, ObjectMapper json) {
    this.pair = pair;
    this.json = json;
    byte[] encoded = pair.getPublic().getEncoded();
    String point =
        BASE64URL.encodeToString(
            Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length));
    this.published =
        new PublicKey(
            "OKP", ALGORITHM, point, thumbprint(point), "EdDSA", "sig", pem("PUBLIC", encoded));
  }

  /** Computes the id of a key (RFC 7638). */
  private static String thumbprint(String point) {
    String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}".formatted(point);
    try {
      return BASE64URL.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads the key of a folder, or makes it.
   *
   * @throws StartupException when the file is damaged or cannot be written
   */
  static SigningKey open(Path directory, ObjectMapper json) {
    Path file = directory.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        write(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair(), file);
      }
      String text = Files.readString(file);
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      return new SigningKey(
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(part("PUBLIC", text))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(part("PRIVATE", text)))),
          json);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException cause) {
      throw new StartupException(
          "%s cannot be used as the key of reports (%s). Restore it from a copy; or remove it, and the partner makes another key."
              .formatted(file, cause.getMessage()),
          cause);
    }
  }

  /** Writes the whole file before it has its name, so that a crash leaves no part of a key. */
  private static void write(KeyPair made, Path file) throws IOException {
    Path unfinished = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(unfinished);
    String text =
        pem("PRIVATE", made.getPrivate().getEncoded())
            + pem("PUBLIC", made.getPublic().getEncoded());
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(String kind, byte[] encoded) {
    return "-----BEGIN %1$s KEY-----%n%2$s%n-----END %1$s KEY-----%n"
        .formatted(kind, Base64.getEncoder().encodeToString(encoded));
  }

  private static byte[] part(String kind, String text) {
    Matcher block =
        Pattern.compile("-----BEGIN %1$s KEY-----\\s+(\\S+)\\s+-----END".formatted(kind))
            .matcher(text);
    if (!block.find()) {
      throw new IllegalArgumentException("it has no " + kind + " KEY");
    }
    return Base64.getDecoder().decode(block.group(1));
  }

  /** Returns the public key, for {@code GET /keys}. */
  Keys published() {
    return new Keys(List.of(published));
  }

  /** Returns the signed JSON of an object: a JWS in its compact form (RFC 7515, section 7.1). */
  String sign(Object statement) {
    try {
      String text =
          encode(Map.of("alg", "EdDSA", "kid", published.kid())) + "." + encode(statement);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException | JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String encode(Object part) throws JsonProcessingException {
    return BASE64URL.encodeToString(json.writeValueAsBytes(part));
  }
}
