package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the kernel was entered, as far as a recording tells. The lower-case names are a contract. */
public enum EntryKind {
  SYSCALL("a 64-bit SYSCALL"),
  INTERRUPT("a hardware interrupt"),
  EXCEPTION("a fault or trap"),
  FORK("the first return of a fork, clone or vfork child"),
  COMPAT("32-bit code (CS 0x23), or int $0x80");

  /** All names, for a message or a help text: {@code syscall, interrupt, ...}. */
  public static final String KEYS =
      Stream.of(values()).map(EntryKind::key).collect(Collectors.joining(", "));

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String sentence;

  EntryKind(String sentence) {
    this.sentence = sentence;
  }

  /** The name as columns and JSON spell it. */
  public String key() {
    return key;
  }

  /** How the kernel was entered, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The kind that {@link #key} names, if there is one. */
  public static Optional<EntryKind> ofKey(String key) {
    return Stream.of(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
