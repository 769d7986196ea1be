package io.boxoffice.platform.tracing;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans in batches on a thread of its own. Work never waits for it: what the queue has no
 * room for, and what the receiver does not take in time, is lost.
 */
final class SpanExport implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

  /** About one to two kilobytes each. */
  private static final int QUEUE = 8_192;

  private static final int BATCH = 512;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SdkTracerProvider spans;

  private SpanExport(SdkTracerProvider spans) {
    this.spans = spans;
  }

  /** Starts the thread. */
  static SpanExport open(TracingSettings settings, String version, MetricRegistry metrics) {
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.tracesUrl())
            .setConnectTimeout(CONNECT_LIMIT)
            .setTimeout(LIMIT)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .build();
    // Both the caller's flag and the share decide. So no caller can have each of its requests
    // recorded, and all services with the same share record the same traces.
    Sampler share = Sampler.traceIdRatioBased(settings.sampled().doubleValue());
    return new SpanExport(
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", settings.serviceName())
                        .put("service.version", version)
                        .build()))
            .setSampler(Sampler.parentBasedBuilder(share).setRemoteParentSampled(share).build())
            .addSpanProcessor(new Finished(metrics.meter("tracing.spans.finished")))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new Counted(exporter, metrics))
                    .setMaxQueueSize(QUEUE)
                    .setMaxExportBatchSize(BATCH)
                    .setScheduleDelay(PAUSE)
                    .setExporterTimeout(LIMIT)
                    .build())
            .build());
  }

  TracerProvider spans() {
    return spans;
  }

  /** Sends what is in the queue, for a few seconds at most. */
  @Override
  public void stop() {
    spans.shutdown().join(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Counts the spans that ended, so that the lost ones are known. */
  private record Finished(Meter spans) implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      spans.mark();
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  /** Counts what the receiver took, and logs once when it begins to fail. */
  private static final class Counted implements SpanExporter {
    private final SpanExporter exporter;
    private final Meter exported;
    private final Meter failed;
    private volatile boolean failing;

    Counted(SpanExporter exporter, MetricRegistry metrics) {
      this.exporter = exporter;
      this.exported = metrics.meter("tracing.spans.exported");
      this.failed = metrics.meter("tracing.spans.failed");
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      CompletableResultCode result = exporter.export(batch);
      return result.whenComplete(() -> ended(result.isSuccess(), batch.size()));
    }

    private void ended(boolean success, int size) {
      (success ? exported : failed).mark(size);
      if (!success && !failing) {
        LOG.warn("The receiver of traces did not take {} spans; they are lost", size);
      }
      failing = !success;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
