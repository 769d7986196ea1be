package io.boxoffice.platform.http.strict;

import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Index;

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
          "Payment-Signature",
          "Simulation-Profile");

  /** The place of each header in {@link #ONCE}, whatever the case of its name. */
  private static final Index<Integer> INDEX =
      new Index.Builder<Integer>()
          .caseSensitive(false)
          .withAll(
              () -> ONCE.stream().collect(Collectors.toMap(Function.identity(), ONCE::indexOf)))
          .build();

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
    List<FieldError> repeated = repeated(headers);
    if (!repeated.isEmpty()) {
      return Optional.of(ProblemException.invalid(repeated));
    }
    String accept = headers.get(HttpHeader.ACCEPT);
    if (accept != null && accept.indexOf(';') >= 0 && RANGE_WITHOUT_TYPE.matcher(accept).find()) {
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

  /** One pass over the fields, because every request passes here. */
  private static List<FieldError> repeated(HttpFields headers) {
    int seen = 0;
    int twice = 0;
    for (HttpField field : headers) {
      Integer index = INDEX.get(field.getName());
      if (index != null) {
        twice |= seen & (1 << index);
        seen |= 1 << index;
      }
    }
    if (twice == 0) {
      return List.of();
    }
    List<FieldError> errors = new ArrayList<>();
    for (int index = 0; index < ONCE.size(); index++) {
      if ((twice & (1 << index)) != 0) {
        errors.add(new FieldError(ONCE.get(index), "must occur once"));
      }
    }
    return errors;
  }
}
