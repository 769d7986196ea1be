package io.boxoffice.platform.limit;

import java.util.UUID;

/**
 * Counts the requests of partitions for all replicas together, so that a limit need not know where.
 */
interface FleetCounts {

  /**
   * The result for one request.
   *
   * @param accepted whether the request is within the quota
   * @param microsUntilWhole the time until the whole quota is available again
   */
  record Taken(boolean accepted, long microsUntilWhole) {}

  /**
   * Counts one request, if it is accepted (generic cell rate algorithm, ITU-T I.371). Each request
   * moves the time at which the quota is whole again by one period, up to the end of the window.
   *
   * @param key a policy's partition
   * @param period the time in which one request is given back, in microseconds
   * @param most the time until the quota is whole again at which one more request is accepted, in
   *     microseconds
   */
  Taken take(UUID key, long period, long most);
}
