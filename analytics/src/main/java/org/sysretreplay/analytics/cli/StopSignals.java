package org.sysretreplay.analytics.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps this process alive when it is told to stop, until released: Ctrl-C reaches every process of
 * the terminal, and the one that reports has to end last.
 *
 * <p>Java has signals in the module {@code jdk.unsupported} only, which the compiler warns of in a
 * way that cannot be turned off; hence the reflection. Where a JVM has none, signals end it as
 * ever.
 */
final class StopSignals {

  private static final List<String> NAMES = List.of("INT", "TERM");

  private final Map<String, Object> before = new LinkedHashMap<>();

  /** Carries out the action at every signal from now on. */
  StopSignals(Runnable action) {
    for (String name : NAMES) {
      try {
        before.put(name, handle(name, handler(action)));
      } catch (ReflectiveOperationException e) {
        // Ends this process, as it would have without us.
      }
    }
  }

  /** Lets signals end this process again. */
  void release() {
    before.forEach(
        (name, handler) -> {
          try {
            handle(name, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what could be set can be set again", e);
          }
        });
  }

  private static Object handler(Runnable action) throws ClassNotFoundException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          action.run();
          return null;
        });
  }

  /** Sets the handler of a signal and gives the one before. */
  private static Object handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    try {
      return signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (InvocationTargetException e) {
      // The JVM was told to leave signals alone (-Xrs).
      throw new ReflectiveOperationException(e);
    }
  }
}
