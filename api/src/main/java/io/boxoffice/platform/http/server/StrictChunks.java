package io.boxoffice.platform.http.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Requires that HTTP/1.1 chunks end where their size says (RFC 9112, 7.1). Jetty's parser skips any
 * bytes between a chunk's data and the next line end, so a proxy in front could see other requests
 * than this server.
 */
final class StrictChunks extends HttpConnectionFactory {
  /** Uses the given configuration. */
  StrictChunks(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection =
        new HttpConnection(getHttpConfiguration(), connector, endPoint) {
          @Override
          protected HttpParser newHttpParser(HttpCompliance compliance) {
            HttpParser plain = super.newHttpParser(compliance);
            Parser strict =
                new Parser(
                    (HttpParser.RequestHandler) plain.getHandler(),
                    getHttpConfiguration().getRequestHeaderSize(),
                    compliance);
            strict.setHeaderCacheSize(plain.getHeaderCacheSize());
            strict.setHeaderCacheCaseSensitive(plain.isHeaderCacheCaseSensitive());
            return strict;
          }
        };
    return configure(connection, connector, endPoint);
  }

  private static final class Parser extends HttpParser {
    private ByteBuffer content;

    Parser(RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance) {
      super(handler, maxHeaderBytes, compliance);
    }

    @Override
    protected boolean parseContent(ByteBuffer buffer) {
      content = buffer;
      requireLineEndAfterChunk(getState());
      return super.parseContent(buffer);
    }

    @Override
    protected void setState(State state) {
      requireLineEndAfterChunk(state);
      super.setState(state);
    }

    private void requireLineEndAfterChunk(State state) {
      if (state == State.CHUNK_END && content.hasRemaining()) {
        byte next = content.get(content.position());
        if (next != '\r' && next != '\n') {
          throw new BadMessageException("A chunk is longer than its size");
        }
      }
    }
  }
}
