/** The shop's HTTP API, as a run of the gates uses it. */
package io.boxoffice.stress.gates.shop;
