/** Compares how proxies share the requests among the replicas of the shop. */
package io.boxoffice.lab.balancing;
