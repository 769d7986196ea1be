package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import io.prometheus.client.CollectorRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests delayed requests that cannot continue, on a Jetty of its own. */
class DelaysTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Delays.class);

  private final Delays delays =
      new Delays(
          new SimulationMetrics(new MetricRegistry(), new CollectorRegistry()), Tracing.off());
  private final AtomicInteger dispatches = new AtomicInteger();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          warnings.add(event.getFormattedMessage());
        }
      };
  private final Server server = new Server(0);
  private volatile Duration delay;

  @BeforeEach
  void start() throws Exception {
    appender.setContext(LOG.getLoggerContext());
    appender.start();
    LOG.addAppender(appender);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new Suspending());
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    delays.stop();
    LOG.detachAppender(appender);
  }

  @Test
  void shutdownEndsEveryDelayAlthoughOneRequestCannotContinue() throws Exception {
    delay = Duration.ofMinutes(5);
    try (RawConnection one = delayedClient();
        RawConnection two = delayedClient();
        RawConnection three = delayedClient()) {
      Eventually.within(LIMIT, () -> delays.takenSlots() == 3);

      delays.lifeCycleStopping(server);

      // A request that took its slot just before the stop is resumed by its own thread.
      Eventually.within(LIMIT, () -> warnings.size() == 3);
      assertThat(dispatches).hasValue(3);
      assertThat(delays.takenSlots()).isZero();
    }
  }

  @Test
  void requestThatCannotContinueAfterItsDelayIsLogged() throws Exception {
    delay = Duration.ofMillis(1);
    try (RawConnection client = delayedClient()) {
      Eventually.within(LIMIT, () -> warnings.size() == 1);
    }
    assertThat(dispatches).hasValue(1);
  }

  private RawConnection delayedClient() throws Exception {
    RawConnection client =
        RawConnection.to(((ServerConnector) server.getConnectors()[0]).getLocalPort());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client;
  }

  /** Delays each request, which then cannot continue. */
  private final class Suspending extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext suspended = request.startAsync();
      delays.tryTakeSlot(10);
      delays.resumeAfter(delay, undispatchable(suspended), request, response);
    }

    private AsyncContext undispatchable(AsyncContext suspended) {
      return (AsyncContext)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AsyncContext.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("dispatch")) {
                  dispatches.incrementAndGet();
                  throw new IllegalStateException("the request is not suspended");
                }
                return method.invoke(suspended, arguments);
              });
    }
  }
}
