package io.boxoffice.stress.bench.safety;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps load on this machine, because a benchmark of another address would be an attack. */
public final class Loopback {
  private Loopback() {}

  /**
   * Accepts a host only if it is this machine's loopback.
   *
   * @throws BenchException for every other host
   */
  public static void require(String host) {
    try {
      if (!is(host)) {
        throw new BenchException("%s is not a loopback address.".formatted(host));
      }
    } catch (UnknownHostException cause) {
      throw new BenchException("%s is not a loopback address.".formatted(host), cause);
    }
  }

  /** Whether all addresses of a host are this machine's loopback. */
  public static boolean is(String host) throws UnknownHostException {
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (!address.isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }
}
