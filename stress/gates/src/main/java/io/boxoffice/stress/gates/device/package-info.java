/**
 * The device of a gate: it checks codes, numbers its scans, and sends them until they are answered.
 */
package io.boxoffice.stress.gates.device;
