package io.boxoffice.stress.compare.process;

/** A process that a run kills in the middle and starts again with its data. */
public interface Restartable {
  /** Ends it by SIGKILL. */
  void kill();

  /** Starts it again at the same address, and waits until it is ready. */
  void restart();
}
