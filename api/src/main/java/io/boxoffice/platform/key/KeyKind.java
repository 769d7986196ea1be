package io.boxoffice.platform.key;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * Says what the keys of one table are and how long they live.
 *
 * @param <K> the type of the keys
 * @param table the name of the table
 * @param numbers the numbers of the keys that this site creates
 * @param generator creates a key pair with a number
 * @param parser reads a row
 * @param rotation how long a key signs
 * @param lead how long a key is published before it signs; longer than any verifier's copy is used
 * @param kept how long a key is published after the next one began to sign
 */
public record KeyKind<K extends JWK>(
    String table,
    KeyNumbers numbers,
    IntFunction<K> generator,
    Parser<K> parser,
    Duration rotation,
    Duration lead,
    Duration kept) {

  /** Reads a key (RFC 7517). */
  @FunctionalInterface
  public interface Parser<K> {
    /**
     * Returns the key.
     *
     * @throws ParseException when the text is none
     */
    K parse(String jwk) throws ParseException;
  }

  K parse(String jwk) {
    try {
      return parser.parse(jwk);
    } catch (ParseException damaged) {
      throw new IllegalStateException("A row of %s is not a key".formatted(table), damaged);
    }
  }
}
