package io.boxoffice.platform.http.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Finds a client's address behind trusted proxies. From right to left in X-Forwarded-For, the first
 * address that is not a trusted proxy is the client. The client itself can write anything further
 * left, so that part is ignored.
 */
public final class ClientAddress implements HttpConfiguration.Customizer {
  private static final String HEADER = "X-Forwarded-For";

  private final InetAddressSet trusted = new InetAddressSet();

  /**
   * Trusts the given proxies.
   *
   * @param proxies addresses, ranges or CIDR blocks, such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException for anything else
   */
  public ClientAddress(List<String> proxies) {
    trusted.addAll(proxies);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    if (!(peer instanceof InetSocketAddress inet)) {
      return request;
    }
    InetAddress client = clientOf(inet.getAddress(), request.getHeaders().getValuesList(HEADER));
    return client.equals(inet.getAddress())
        ? request
        : new From(request, new InetSocketAddress(client, 0));
  }

  /**
   * Finds the client's address.
   *
   * @param peer the other end of the connection
   * @param forwardedFor the values of X-Forwarded-For, in the order of the headers
   */
  InetAddress clientOf(InetAddress peer, List<String> forwardedFor) {
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(value -> hops.addAll(Arrays.asList(value.split(","))));
    InetAddress client = peer;
    for (int i = hops.size() - 1; i >= 0 && trusted.test(client); i--) {
      InetAddress hop = literal(hops.get(i).strip());
      if (hop == null) {
        break;
      }
      client = hop;
    }
    return client;
  }

  /** Parses an address without a query to a name server. */
  private static InetAddress literal(String text) {
    if (!text.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}")) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  private static final class From extends Request.Wrapper {
    private final ConnectionMetaData connection;

    From(Request request, SocketAddress client) {
      super(request);
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return client;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }
  }
}
