package io.boxoffice.platform.limit;

/** Counts the requests of one policy. */
interface Limit {

  /** The policy that says how many requests are accepted. */
  Policy policy();

  /** Counts one request of a partition, if it is accepted. */
  Standing take(String partition);
}
