import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows what delayed requests cost a running service: many connections buy at once, each as often
 * as it gets an answer, while a probe asks for /health beside them. Speaks HTTP to 127.0.0.1 only,
 * for a bounded time.
 *
 * <pre>java stress/DelayBenchmark.java port=8080 adminPort=8081 pid=4711</pre>
 *
 * Further settings with their defaults: connections=5000 concerts=200 delay=2s warmup=40 seconds=30
 * token= (none); delay=none leaves the simulation alone, for a service that sleeps by itself.
 */
public final class DelayBenchmark {
  private static final int MOST_CONNECTIONS = 20_000;
  private static final int MOST_SECONDS = 120;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final Map<String, String> settings;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long[] latencies = new long[2_000_000];
  private final Map<String, Integer> statuses = new LinkedHashMap<>();
  private int answers;
  private int broken;
  private volatile long measureFrom = Long.MAX_VALUE;
  private volatile long measureTo = Long.MAX_VALUE;

  private DelayBenchmark(Map<String, String> settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings =
        new LinkedHashMap<>(
            Map.of(
                "port", "8080", "adminPort", "8081", "pid", "", "connections", "5000",
                "concerts", "200", "delay", "2s", "warmup", "40", "seconds", "30", "token", ""));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || settings.put(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(argument + " is none of " + settings.keySet());
      }
    }
    new DelayBenchmark(settings).run();
  }

  private void run() throws Exception {
    int warmup = Math.min(MOST_SECONDS, Integer.parseInt(settings.get("warmup")));
    int seconds = Math.min(MOST_SECONDS, Integer.parseInt(settings.get("seconds")));
    boolean simulated = !settings.get("delay").equals("none");
    List<String> concerts = createConcerts(Integer.parseInt(settings.get("concerts")));
    if (simulated) {
      setSimulation(
          """
          {"activeProfile": "benchmark", "expiresIn": "10m", "reason": "DelayBenchmark",
           "limits": {"maxActiveDelays": 20000},
           "profiles": {"benchmark": [{
             "id": "benchmark",
             "match": {"methods": ["POST"], "path": "/v1/concerts/{concertId}/purchases"},
             "delay": {"percent": 100, "distribution": {"type": "fixed", "value": "%s"}}}]}}
          """
              .formatted(settings.get("delay")));
    }
    Thread crowd = new Thread(() -> buyForEver(concerts), "crowd");
    crowd.setDaemon(true);
    long start = System.nanoTime();
    measureFrom = start + warmup * 1_000_000_000L;
    measureTo = measureFrom + seconds * 1_000_000_000L;
    crowd.start();
    Thread.sleep(warmup * 1000L);
    String before = send("GET", "adminPort", "/metrics", null);
    long[] health = probeHealthUntil(measureTo);
    String after = send("GET", "adminPort", "/metrics", null);
    String threads = threads();
    if (simulated) {
      setSimulation("{}");
    }

    long[] sorted = Arrays.copyOf(latencies, answers);
    Arrays.sort(sorted);
    System.out.printf(Locale.ROOT, "connections            %s%n", settings.get("connections"));
    System.out.printf(Locale.ROOT, "purchases/s            %.0f%n", answers / (double) seconds);
    System.out.printf(
        Locale.ROOT,
        "purchase p50/p99       %.3f s / %.3f s%n",
        quantile(sorted, 0.50),
        quantile(sorted, 0.99));
    System.out.printf(
        Locale.ROOT,
        "/health p50/p99/max    %.1f ms / %.1f ms / %.1f ms (%d probes)%n",
        quantile(health, 0.50) * 1000,
        quantile(health, 0.99) * 1000,
        quantile(health, 1) * 1000,
        health.length);
    if (simulated) {
      String family = "simulation_delay_seconds";
      double count = grown(before, after, family + "_count");
      double below = grown(before, after, family + "_bucket{le=\"1.9\",}");
      double within = grown(before, after, family + "_bucket{le=\"2.1\",}");
      System.out.printf(
          Locale.ROOT,
          "delay's own            mean %.4f s, %.1f%% in 1.9..2.1 s, %.0f active at the end%n",
          grown(before, after, family + "_sum") / count,
          100 * (within - below) / count,
          sample(after, "simulation_active_delays"));
    }
    System.out.printf(Locale.ROOT, "OS threads             %s%n", threads);
    System.out.printf(Locale.ROOT, "statuses               %s, broken %d%n", statuses, broken);
    System.exit(0);
  }

  /** One thread for all connections, so that the generator takes little from the service. */
  private void buyForEver(List<String> concerts) {
    int count = Math.min(MOST_CONNECTIONS, Integer.parseInt(settings.get("connections")));
    try (Selector selector = Selector.open()) {
      int opened = 0;
      while (true) {
        // In steps, as the listen queue is finite.
        for (int i = 0; i < 100 && opened < count; i++, opened++) {
          connect(selector, request(concerts.get(opened % concerts.size())));
        }
        selector.select(20);
        for (SelectionKey key : selector.selectedKeys()) {
          Connection connection = (Connection) key.attachment();
          try {
            connection.proceed(key);
          } catch (IOException | IllegalStateException failure) {
            broken++;
            key.cancel();
            connection.channel.close();
            connect(selector, connection.request);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void connect(Selector selector, byte[] request) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    Connection connection = new Connection(channel, request);
    int interest =
        channel.connect(
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(settings.get("port"))))
            ? SelectionKey.OP_WRITE
            : SelectionKey.OP_CONNECT;
    channel.register(selector, interest, connection);
  }

  private final class Connection {
    private final SocketChannel channel;
    private final byte[] request;
    private final ByteBuffer answer = ByteBuffer.allocate(4096);
    private ByteBuffer outgoing;
    private long sentAt;

    Connection(SocketChannel channel, byte[] request) {
      this.channel = channel;
      this.request = request;
      this.outgoing = ByteBuffer.wrap(request);
    }

    void proceed(SelectionKey key) throws IOException {
      if (key.isConnectable()) {
        channel.finishConnect();
        sentAt = System.nanoTime();
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        channel.write(outgoing);
        if (!outgoing.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ);
        }
      } else if (key.isReadable()) {
        if (channel.read(answer) < 0) {
          throw new IOException("hung up");
        }
        if (isComplete()) {
          count();
          answer.clear();
          outgoing = ByteBuffer.wrap(request);
          sentAt = System.nanoTime();
          channel.write(outgoing);
          key.interestOps(outgoing.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
      }
    }

    private boolean isComplete() {
      String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      Matcher length = LENGTH.matcher(text.substring(0, end));
      if (!length.find()) {
        throw new IllegalStateException("no Content-Length in " + text);
      }
      return text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private void count() {
      long now = System.nanoTime();
      if (now >= measureFrom && now < measureTo) {
        String status = new String(answer.array(), 9, 3, StandardCharsets.ISO_8859_1);
        statuses.merge(status, 1, Integer::sum);
        if (status.equals("201") && answers < latencies.length) {
          latencies[answers++] = now - sentAt;
        }
      }
    }
  }

  private static byte[] request(String concert) {
    String body = "{\"email\":\"ada@example.com\",\"quantity\":1}";
    return ("POST /v1/concerts/" + concert + "/purchases HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private long[] probeHealthUntil(long end) throws Exception {
    List<Long> taken = new ArrayList<>();
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      send("GET", "port", "/health", null);
      taken.add(System.nanoTime() - before);
      Thread.sleep(20);
    }
    return taken.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private List<String> createConcerts(int count) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String created =
          send(
              "POST",
              "port",
              "/v1/concerts",
              """
              {"title": "Benchmark", "artist": "Load", "venue": "Here",
               "startsAt": "2040-06-01T19:00:00Z",
               "ticketTypes": [{"name": "Standing", "price": {"amount": 1, "currency": "EUR"},
                                "capacity": 1000000}]}
              """);
      Matcher id = ID.matcher(created);
      if (!id.find()) {
        throw new IllegalStateException(created);
      }
      ids.add(id.group(1));
    }
    return ids;
  }

  private void setSimulation(String setting) throws Exception {
    String answer = send("PUT", "port", "/v1/simulation", setting);
    if (!answer.contains("\"version\"")) {
      throw new IllegalStateException(answer);
    }
  }

  private static double grown(String before, String after, String name) {
    return sample(after, name) - sample(before, name);
  }

  private static double sample(String metrics, String name) {
    Matcher sample = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
  }

  private String send(String method, String portSetting, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.get(portSetting) + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!settings.get("token").isEmpty()) {
      request.header("Authorization", "Bearer " + settings.get("token"));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private String threads() throws IOException {
    Path status = Path.of("/proc", settings.get("pid"), "status");
    if (settings.get("pid").isEmpty() || !Files.exists(status)) {
      return "unknown (give pid=, on Linux)";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("Threads:"))
        .map(line -> line.substring(8).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, (long) (share * sorted.length))] / 1e9;
  }
}
