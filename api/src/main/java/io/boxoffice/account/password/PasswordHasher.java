package io.boxoffice.account.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106). The parameters are the minimum of OWASP's Password
 * Storage Cheat Sheet: 19 MiB of memory, 2 passes, 1 lane. One hash needs about 35 ms of CPU and 20
 * MB of heap, so call it from a {@link HashingQueue} only.
 */
public final class PasswordHasher {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final SecureRandom random;
  private final String matchesNothing;

  /** The parts of a stored hash, with the parameters of the time when it was made. */
  @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest only
  private record Stored(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
    static Stored parse(String phc) {
      Matcher parts = PHC.matcher(phc);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not Argon2id in PHC format");
      }
      return new Stored(
          Integer.parseInt(parts.group(1)),
          Integer.parseInt(parts.group(2)),
          Integer.parseInt(parts.group(3)),
          Base64.getDecoder().decode(parts.group(4)),
          Base64.getDecoder().decode(parts.group(5)));
    }
  }

  /** Creates the hasher; the random bytes make salts, and the hash that no password has. */
  public PasswordHasher(SecureRandom random) {
    this.random = random;
    this.matchesNothing = phc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  /**
   * Returns the password in the form that is hashed: NFC, so that the same text typed on two
   * systems is the same password (NIST SP 800-63B-4, section 3.1.1.2).
   */
  static String normalize(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  /** Returns the hash of a password in PHC format, with a new salt. */
  public String hash(String password) {
    byte[] salt = randomBytes(SALT_BYTES);
    return phc(salt, argon2id(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
  }

  /**
   * Whether the password has the given hash.
   *
   * @param phc null if there is no account; the comparison then takes the same time and fails
   */
  public boolean matches(String password, String phc) {
    Stored stored = Stored.parse(phc == null ? matchesNothing : phc);
    return MessageDigest.isEqual(
        stored.hash(),
        argon2id(
            password,
            stored.salt(),
            stored.memoryKib(),
            stored.passes(),
            stored.lanes(),
            stored.hash().length));
  }

  private static byte[] argon2id(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(normalize(password).getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private byte[] randomBytes(int count) {
    byte[] content = new byte[count];
    random.nextBytes(content);
    return content;
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
