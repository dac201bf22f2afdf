package org.sysretreplay.analytics.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names of the 64-bit syscalls. */
public final class SyscallNames {

  /** The prefix of the names of x32 syscalls. */
  public static final String X32 = "x32 ";

  /** Set in the number of an x32 syscall (sheet 3.4). */
  private static final long X32_BIT = 1L << 30;

  /** The number that the exit of rt_sigreturn shows. */
  private static final long SIGRETURN = -1;

  private static final Properties NAMES = load();

  private SyscallNames() {}

  private static Properties load() {
    Properties names = new Properties();
    try (InputStream in = SyscallNames.class.getResourceAsStream("syscalls-x86_64.properties")) {
      names.load(in);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("reading our own jar", e);
    }
  }

  /** The name, or the number if there is no name. */
  static String describe(long number) {
    String name = of(number).orElseGet(() -> Long.toString(number));
    return number == SIGRETURN ? "%d (%s)".formatted(number, name) : name;
  }

  /** All names. */
  public static Set<String> all() {
    return NAMES.stringPropertyNames().stream()
        .map(NAMES::getProperty)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name, if there is one. */
  public static Optional<String> of(long number) {
    if (number == SIGRETURN) {
      return Optional.of("rt_sigreturn");
    }
    boolean x32 = number > 0 && (number & X32_BIT) != 0;
    return Optional.ofNullable(NAMES.getProperty(Long.toString(x32 ? number ^ X32_BIT : number)))
        .map(name -> x32 ? X32 + name : name);
  }
}
