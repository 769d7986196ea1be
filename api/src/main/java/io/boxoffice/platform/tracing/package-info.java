/** Traces: spans of requests, events and calls, which are sent by OTLP. */
package io.boxoffice.platform.tracing;
