package io.boxoffice.platform.http;

import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Rejects headers that later code would misread. A header that decides the meaning of a request
 * must not be repeated: one of two values would be ignored, and a proxy in front may use the other
 * one (RFC 9110, 5.3). Content-Type and Accept must have the form that Jersey and the metrics
 * servlet expect without a check.
 */
public final class HeaderFilter implements Filter {
  /** The headers that this service reads and that may have one value only. */
  public static final List<String> ONCE =
      List.of(
          "Authorization",
          "Content-Type",
          "From",
          "Idempotency-Key",
          "If-Match",
          "Origin",
          "Simulation-Profile");

  private static final Pattern RANGE_WITHOUT_TYPE = Pattern.compile("(^|,)\\s*;");
  private static final String QUALITY = "q";

  private final ProblemWriter problems;

  /** Writes rejections with the given writer. */
  public HeaderFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      Optional<ProblemException> rejection =
          rejection(ServletContextRequest.getServletContextRequest(request).getHeaders());
      if (rejection.isPresent()) {
        problems.write(
            (HttpServletRequest) request, (HttpServletResponse) response, rejection.get());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static Optional<ProblemException> rejection(HttpFields headers) {
    List<FieldError> repeated =
        ONCE.stream()
            .filter(name -> isRepeated(name, headers))
            .map(name -> new FieldError(name, "must occur once"))
            .toList();
    if (!repeated.isEmpty()) {
      return Optional.of(ProblemException.invalid(repeated));
    }
    if (headers.getValuesList(HttpHeader.ACCEPT).stream()
        .anyMatch(value -> RANGE_WITHOUT_TYPE.matcher(value).find())) {
      return Optional.of(
          ProblemException.of(ProblemCode.BAD_REQUEST, "Accept must be a list of media ranges."));
    }
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    return type == null || type.equals(MediaType.APPLICATION_JSON)
        ? Optional.empty()
        : contentTypeRejection(type);
  }

  private static Optional<ProblemException> contentTypeRejection(String value) {
    Map<String, String> parameters;
    try {
      parameters = MediaType.valueOf(value).getParameters();
    } catch (IllegalArgumentException noMediaType) {
      return Optional.of(
          ProblemException.of(
              ProblemCode.BAD_REQUEST,
              "Content-Type must be a media type, such as application/json."));
    }
    String charset = parameters.getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
    if (!charset.equalsIgnoreCase("utf-8") || parameters.containsKey(QUALITY)) {
      return Optional.of(
          ProblemException.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "A Content-Type may have the charset utf-8 and no quality."));
    }
    return Optional.empty();
  }

  private static boolean isRepeated(String name, HttpFields headers) {
    boolean found = false;
    for (HttpField field : headers) {
      if (field.is(name)) {
        if (found) {
          return true;
        }
        found = true;
      }
    }
    return false;
  }
}
