package io.boxoffice.platform.http.tuning;

import jakarta.ws.rs.ext.InterceptorContext;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.annotation.Annotation;

/**
 * Reads and writes bodies without the annotations of the resource method. These describe the
 * contract and do not affect the body. Jackson would hash each of them for every body.
 */
public final class BareBodies implements ReaderInterceptor, WriterInterceptor {
  private static final Annotation[] NONE = {};

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    removeAnnotations(context);
    return context.proceed();
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    removeAnnotations(context);
    context.proceed();
  }

  private static void removeAnnotations(InterceptorContext context) {
    context.setAnnotations(NONE);
  }
}
