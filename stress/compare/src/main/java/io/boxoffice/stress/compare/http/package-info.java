/** Calls of a run over HTTP: its load, its preparation, and a proxy that breaks a rule. */
package io.boxoffice.stress.compare.http;
