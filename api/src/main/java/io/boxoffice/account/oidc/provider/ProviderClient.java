package io.boxoffice.account.oidc.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.boxoffice.platform.http.client.BodyTooLargeException;
import io.boxoffice.platform.http.client.LimitedBody;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Sends requests to the identity provider. A time limit covers the whole exchange, a body has a
 * largest size, and no redirect is followed.
 */
final class ProviderClient {
  /** Metadata, key sets and tokens have some thousand bytes. */
  static final int MOST_BYTES = 256 * 1024;

  private final HttpClient http;
  private final Duration limit;

  /** A response with its status. */
  record Answer(int status, String body) {
    /** Returns the members of a JSON object. */
    Map<String, Object> members() throws ProviderException {
      try {
        return JSONObjectUtils.parse(body);
      } catch (ParseException notJson) {
        throw new ProviderException("answered %d without a JSON object".formatted(status), notJson);
      }
    }
  }

  ProviderClient(Duration limit) {
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .followRedirects(Redirect.NEVER)
            .build();
  }

  /** Reads a document; any status but 200 is a failure. */
  Answer get(URI address) throws ProviderException {
    Answer answer = send(HttpRequest.newBuilder(address).GET().build());
    if (answer.status() != 200) {
      throw new ProviderException("answered %d at %s".formatted(answer.status(), address));
    }
    return answer;
  }

  /** Sends a form. */
  Answer post(URI address, Map<String, String> form, Map<String, String> headers)
      throws ProviderException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)));
    headers.forEach(request::header);
    return send(request.build());
  }

  /** Returns the values in the form of a query. */
  static String encode(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> encode(value.getKey()) + "=" + encode(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer send(HttpRequest request) throws ProviderException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw new ProviderException("did not answer within %d ms".formatted(limit.toMillis()), late);
    } catch (InterruptedException stopping) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new ProviderException("was not asked, because the service stops", stopping);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof BodyTooLargeException tooLarge) {
        throw new ProviderException(tooLarge.getMessage(), tooLarge);
      }
      throw new ProviderException(
          "could not be reached or did not answer in HTTP: " + failed.getCause(), failed);
    }
  }
}
