/** Which persons come to which gate, and when a gate has no network. */
package io.boxoffice.stress.gates.plan;
