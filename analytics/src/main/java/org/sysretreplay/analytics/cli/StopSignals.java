package org.sysretreplay.analytics.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Handles the signals that tell this process to stop.
 *
 * <p>Java has signals only in the module {@code jdk.unsupported}; the compiler's warning about it
 * cannot be turned off, hence the reflection. On a JVM without that module, signals end the process
 * as usual.
 */
final class StopSignals {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  /** The exit code of a process that a signal ended is this plus the signal's number. */
  private static final int SIGNALLED = 128;

  private final Map<String, Object> before = new LinkedHashMap<>();

  /**
   * Runs the action at every signal from now on, instead of ending this process, until {@link
   * #release}. Ctrl-C reaches every process of the terminal, and the one that reports has to end
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
        // The signal ends this process, as it would have anyway.
      }
    }
  }

  /**
   * Has signals end this process in an orderly way, with the exit code that the signal would give.
   *
   * @param first runs before everything else is shut down, which may then fail and print errors
   */
  static void end(Runnable first) {
    new StopSignals(
        signal -> {
          first.run();
          System.exit(SIGNALLED + signal);
        });
  }

  /** Restores the handlers that were there before. */
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

  /** Sets the handler of a signal and returns the previous one. */
  private static Object handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    try {
      return signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (InvocationTargetException e) {
      // The JVM was told not to handle signals (-Xrs).
      throw new ReflectiveOperationException(e);
    }
  }
}
