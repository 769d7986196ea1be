package io.boxoffice.platform.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script: everything that the service asks Redis is one, so that each use is one round trip
 * and one step for all replicas. A script returns a list.
 *
 * @param use the label value of the metrics
 * @param text the source
 * @param digest the name under which Redis keeps the script (EVALSHA)
 */
public record Script(String use, String text, String digest) {

  /** Names a script by the digest of its source. */
  public static Script of(String use, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(use, text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // Every Java platform has it.
    }
  }
}
