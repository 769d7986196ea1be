package io.boxoffice.lab.database;

import java.util.function.Predicate;

/** Recognises the processes of a database node by their command lines. */
public final class Processes {
  /** Patroni itself, and not the postmaster's starter. */
  public static final Predicate<String> PATRONI = command -> command.contains("/patroni ");

  public static final Predicate<String> ETCD = command -> command.startsWith("etcd ");

  /** The server and its children, which show their task in place of their arguments. */
  public static final Predicate<String> POSTGRESQL =
      command -> command.startsWith("postgres: ") || command.matches("/\\S+/bin/postgres .*");

  /** What slows a server down. */
  public static final Predicate<String> STRACE = command -> command.startsWith("strace ");

  private Processes() {}
}
