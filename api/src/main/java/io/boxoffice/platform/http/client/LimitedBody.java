package io.boxoffice.platform.http.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Reads the body of another service's response, and ends the exchange if it exceeds a limit. */
public final class LimitedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final int most;
  private Subscription subscription;
  private long received;

  /**
   * Reads one body.
   *
   * @param most the largest size in bytes; a larger body fails with {@link BodyTooLargeException}
   */
  public LimitedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    bytes.onSubscribe(begun);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    received += parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (received > most) {
      subscription.cancel();
      bytes.onError(new BodyTooLargeException(most));
    } else {
      bytes.onNext(parts);
    }
  }

  @Override
  public void onError(Throwable cause) {
    bytes.onError(cause);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
