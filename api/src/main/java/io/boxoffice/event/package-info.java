/**
 * Events: what changed, for other features and partners. {@code model} has the events, {@code
 * outbox} writes and publishes them, a {@code transport} carries them, and the {@code inbox}
 * refuses repeats.
 */
package io.boxoffice.event;
