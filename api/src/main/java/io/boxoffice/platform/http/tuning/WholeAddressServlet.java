package io.boxoffice.platform.http.tuning;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Saves Jersey's parsing of addresses that are valid URIs as received, as nearly all are. Jersey's
 * own servlet splits each address and joins it again, twice, to encode characters that the client
 * should have encoded.
 */
public final class WholeAddressServlet extends ServletContainer {
  private static final long serialVersionUID = 1L;

  /** Serves the given resources. */
  public WholeAddressServlet(ResourceConfig resources) {
    super(resources);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (request.getQueryString() == null && path.startsWith("/")) {
      String address = request.getRequestURL().toString();
      URI base;
      URI whole;
      try {
        base = new URI(address.substring(0, address.length() - path.length() + 1));
        whole = new URI(address);
      } catch (URISyntaxException unencoded) {
        super.service(request, response);
        return;
      }
      service(base, whole, request, response);
    } else {
      super.service(request, response);
    }
  }
}
