package io.boxoffice.platform.http;

import jakarta.validation.ParameterNameProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what another provider said. Validation asks for the names of a method's parameters at
 * every call, and Dropwizard's provider reads them from annotations, which the JDK parses anew each
 * time. The methods are those of resources, so what is remembered stays small.
 */
public final class RememberedParameterNames implements ParameterNameProvider {
  private final ParameterNameProvider source;
  private final Map<Executable, List<String>> names = new ConcurrentHashMap<>();

  /** Asks the source once for each method and constructor. */
  public RememberedParameterNames(ParameterNameProvider source) {
    this.source = source;
  }

  @Override
  public List<String> getParameterNames(Constructor<?> constructor) {
    return names.computeIfAbsent(constructor, unseen -> source.getParameterNames(constructor));
  }

  @Override
  public List<String> getParameterNames(Method method) {
    return names.computeIfAbsent(method, unseen -> source.getParameterNames(method));
  }
}
