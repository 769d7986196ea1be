package io.boxoffice.platform.http.tuning;

import jakarta.validation.ParameterNameProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the parameter names of another provider. Validation needs a method's parameter names at
 * every call, and Dropwizard's provider reads them from annotations, which the JDK parses again
 * each time. Only resource methods are cached, so the cache stays small.
 */
public final class RememberedParameterNames implements ParameterNameProvider {
  private final ParameterNameProvider source;
  private final Map<Executable, List<String>> names = new ConcurrentHashMap<>();

  /** Reads each method and constructor from the source once. */
  public RememberedParameterNames(ParameterNameProvider source) {
    this.source = source;
  }

  @Override
  public List<String> getParameterNames(Constructor<?> constructor) {
    return names.computeIfAbsent(constructor, key -> source.getParameterNames(constructor));
  }

  @Override
  public List<String> getParameterNames(Method method) {
    return names.computeIfAbsent(method, key -> source.getParameterNames(method));
  }
}
