package io.boxoffice.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Gives the accounts of a database a hash of {@link Person#PASSWORD} that is checked in less than a
 * millisecond, for tests that send hundreds of passwords and do not test hashing. The service reads
 * the parameters from the stored hash.
 */
public final class CheapPasswords {
  private static final int MEMORY_KIB = 8;
  private static final int HASH_BYTES = 16;
  private static final byte[] SALT = "eight to 16 byte".getBytes(StandardCharsets.US_ASCII);

  private CheapPasswords() {}

  /** Replaces the hashes of all accounts. */
  public static void replaceIn(TestDatabase database) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(1)
            .withParallelism(1)
            .withSalt(SALT)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(Person.PASSWORD.getBytes(StandardCharsets.UTF_8), hash);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE accounts SET password_hash = ?",
                    "$argon2id$v=19$m=%d,t=1,p=1$%s$%s"
                        .formatted(
                            MEMORY_KIB, base64.encodeToString(SALT), base64.encodeToString(hash))));
  }
}
