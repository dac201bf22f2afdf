package org.sysretreplay.analytics.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What happens when this process is told to stop.
 *
 * <p>Java has signals in the module {@code jdk.unsupported} only, which the compiler warns of in a
 * way that cannot be turned off; hence the reflection. Where a JVM has none, signals end it as
 * ever.
 */
final class StopSignals {

  private static final List<String> NAMES = List.of("INT", "TERM");

  /** A shell takes a code above this for the number of a signal. */
  private static final int SIGNALLED = 128;

  private final Map<String, Object> before = new LinkedHashMap<>();

  /**
   * Carries out the action at every signal from now on, and keeps this process alive until
   * released: Ctrl-C reaches every process of the terminal, and the one that reports has to end
   * last.
   */
  StopSignals(Runnable action) {
    this(signal -> action.run());
  }

  private StopSignals(IntConsumer action) {
    for (String name : NAMES) {
      try {
        before.put(name, handle(name, handler(action)));
      } catch (ReflectiveOperationException e) {
        // Ends this process, as it would have without us.
      }
    }
  }

  /**
   * Has signals end this process as the operating system does, exit code included, but in order.
   *
   * @param first is done before anything else ends, which could fail then and say so
   */
  static void end(Runnable first) {
    new StopSignals(
        signal -> {
          first.run();
          System.exit(SIGNALLED + signal);
        });
  }

  /** Lets signals do what they did before. */
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

  private static Object handler(IntConsumer action) throws ClassNotFoundException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          action.accept(number(arguments[0]));
          return null;
        });
  }

  private static int number(Object signal) throws ReflectiveOperationException {
    return (int) signal.getClass().getMethod("getNumber").invoke(signal);
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
