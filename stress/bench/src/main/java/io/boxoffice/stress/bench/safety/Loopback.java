package io.boxoffice.stress.bench.safety;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  /**
   * The same, with a limit for the look-up of a name.
   *
   * @throws TimeoutException when the name service does not answer in time
   * @throws BenchException when the thread is interrupted
   */
  public static boolean is(String host, Duration limit)
      throws UnknownHostException, TimeoutException {
    FutureTask<Boolean> lookUp = new FutureTask<>(() -> is(host));
    Thread thread = new Thread(lookUp, "look-up");
    thread.setDaemon(true);
    thread.start();
    try {
      return lookUp.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException(failure);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new BenchException("The look-up of an address was interrupted.", ending);
    }
  }
}
