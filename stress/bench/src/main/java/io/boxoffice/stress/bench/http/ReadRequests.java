package io.boxoffice.stress.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests to read some paths in turn. */
public final class ReadRequests implements Requests {
  private final List<byte[]> requests;
  private int sent;

  /** Requests for the given paths. */
  public ReadRequests(List<String> paths) {
    this.requests =
        paths.stream()
            .map(path -> "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .map(request -> request.getBytes(StandardCharsets.US_ASCII))
            .toList();
  }

  @Override
  public void next(ByteBuffer out) {
    out.clear();
    out.put(requests.get(sent++ % requests.size()));
    out.flip();
  }
}
