package io.boxoffice.platform.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The two connections to Redis that belong together: one for scripts, one that receives notices.
 * When either breaks, both are replaced.
 */
record Link(
    StatefulRedisConnection<String, String> scripts,
    StatefulRedisPubSubConnection<String, String> notices)
    implements AutoCloseable {
  /** More requests without an answer fail at once, so that they cannot fill the memory. */
  private static final int MOST_UNANSWERED = 1_000;

  /**
   * The way in which connections behave. They do not reconnect: the client would do so without
   * bounds, and would keep a connection to a server that is not the right one any more.
   */
  static final ClientOptions OPTIONS =
      ClientOptions.builder()
          .autoReconnect(false)
          .maintNotificationsConfig(MaintNotificationsConfig.disabled())
          .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
          .requestQueueSize(MOST_UNANSWERED)
          .socketOptions(
              SocketOptions.builder().connectTimeout(Redis.CONNECT_LIMIT).keepAlive(true).build())
          .build();

  /** Connects and subscribes, within the time limit of the address for each step. */
  static Link open(RedisClient client, RedisURI address, Map<String, Consumer<String>> listeners) {
    StatefulRedisConnection<String, String> scripts = client.connect(address);
    StatefulRedisPubSubConnection<String, String> notices = null;
    try {
      notices = client.connectPubSub(address);
      subscribe(notices, listeners);
      return new Link(scripts, notices);
    } catch (RuntimeException failure) {
      end(scripts);
      end(notices);
      throw failure;
    }
  }

  private static void subscribe(
      StatefulRedisPubSubConnection<String, String> notices,
      Map<String, Consumer<String>> listeners) {
    notices.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            listeners.get(channel).accept(message);
          }
        });
    if (!listeners.isEmpty()) {
      notices.sync().subscribe(listeners.keySet().toArray(String[]::new));
    }
  }

  boolean isOpen() {
    return scripts.isOpen() && notices.isOpen();
  }

  /** Runs a script by its digest, or by its source if Redis does not have it (any more). */
  CompletableFuture<List<Object>> run(Script script, String key, String... arguments) {
    RedisAsyncCommands<String, String> commands = scripts.async();
    String[] keys = {key};
    return commands
        .<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments)
        .toCompletableFuture()
        .exceptionallyCompose(
            failure ->
                isNoScript(failure)
                    ? commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                    : CompletableFuture.failedFuture(failure));
  }

  private static boolean isNoScript(Throwable failure) {
    return failure instanceof RedisNoScriptException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof RedisNoScriptException);
  }

  @Override
  public void close() {
    end(scripts);
    end(notices);
  }

  /** Does not wait, because a frozen server would not confirm the end. */
  private static void end(StatefulConnection<String, String> connection) {
    if (connection != null) {
      CompletionStage<Void> unused = connection.closeAsync();
    }
  }
}
