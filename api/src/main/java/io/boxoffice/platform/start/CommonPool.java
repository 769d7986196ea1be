package io.boxoffice.platform.start;

/**
 * Keeps Java from starting a thread for each task on machines with one or two cores. There, the
 * common pool has one thread, and {@link java.util.concurrent.CompletableFuture} starts a new
 * thread for each task that names no executor (its Javadoc, until Java 24). The HTTP client of Java
 * has such a task for each response, whatever executor it was given.
 */
public final class CommonPool {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final int FEWEST = 2;

  private CommonPool() {}

  /**
   * Gives the common pool two threads at least, unless the property of its size is set. Call it
   * first: the pool reads the property once.
   */
  public static void widen() {
    // The pool has one thread fewer than there are cores.
    if (Runtime.getRuntime().availableProcessors() <= FEWEST
        && System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, String.valueOf(FEWEST));
    }
  }
}
