package io.boxoffice.stress.compare.process;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.service.JarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The shop or its partners: a process of a packaged jar at two ports that it keeps. */
public final class Service implements Restartable, AutoCloseable {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String name;
  private final List<String> arguments;
  private final Map<String, String> settings;
  private final Path folder;
  private final int port;
  private final int adminPort;
  private JarProcess process;
  private int starts;

  /**
   * Prepares one; {@link #start} starts it.
   *
   * @param arguments those of the java command
   * @param folder where its logs are
   */
  Service(String name, List<String> arguments, Map<String, String> settings, Path folder) {
    List<Integer> ports = Ports.free(2);
    this.name = name;
    this.port = ports.get(0);
    this.adminPort = ports.get(1);
    this.arguments = arguments;
    this.folder = folder;
    this.settings = new HashMap<>(settings);
    this.settings.put("PORT", Integer.toString(port));
    this.settings.put("ADMIN_PORT", Integer.toString(adminPort));
  }

  /** Adds settings that depend on the port of another process; before the start. */
  Service with(Map<String, String> more) {
    settings.putAll(more);
    return this;
  }

  /** Starts it, and waits until it is ready. */
  public Service start() {
    begin();
    awaitReady();
    return this;
  }

  @Override
  public void restart() {
    start();
  }

  @Override
  public void kill() {
    process().kill();
  }

  /** The address of its API. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The port of its API. */
  public int port() {
    return port;
  }

  /** The address of its metrics. */
  public String adminUrl() {
    return "http://127.0.0.1:" + adminPort;
  }

  /** The process that runs now, or ran last. */
  public ProcessHandle handle() {
    return process().handle();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.close();
    }
  }

  private synchronized JarProcess process() {
    return process;
  }

  private synchronized void begin() {
    starts++;
    process =
        JarProcess.start(arguments, settings, folder.resolve("%s-%d.log".formatted(name, starts)));
  }

  private void awaitReady() {
    AtomicBoolean ready = new AtomicBoolean();
    process()
        .await(
            () -> {
              ready.set(isReady());
              return ready.get();
            });
    if (!ready.get()) {
      throw new BenchException("The %s did not start; see %s".formatted(name, process().log()));
    }
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/health?type=ready"))
            .timeout(PROBE_LIMIT)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
