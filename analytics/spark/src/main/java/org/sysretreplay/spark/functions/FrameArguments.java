package org.sysretreplay.spark.functions;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Registers;

/** Makes frames from the arguments of functions. */
final class FrameArguments {

  private static final WordMap<EntryPath> PATHS = words(EntryPath.values(), EntryPath::key);
  private static final WordMap<EntryKind> ENTRIES = words(EntryKind.values(), EntryKind::key);
  private static final WordMap<Cause> CAUSES = words(Cause.values(), Cause::key);

  private FrameArguments() {}

  private static <E> WordMap<E> words(E[] constants, Function<E, String> key) {
    return new WordMap<>(
        Stream.of(constants)
            .collect(Collectors.toMap(it -> UTF8String.fromString(key.apply(it)), it -> it)));
  }

  /** A frame of a store. */
  static Exit stored(UTF8String path, Registers registers, UTF8String cause) {
    return Exit.of(path(path), cause(cause), registers);
  }

  /** The way back, from a store's column {@code path}. */
  static EntryPath path(UTF8String path) {
    return value(PATHS, EntryPath.class, "path", path);
  }

  /** The cause, from a store's column {@code cause}; null is none. */
  static Optional<Cause> cause(UTF8String cause) {
    return cause == null ? Optional.empty() : value(CAUSES, Cause.class, "cause", cause).present();
  }

  /**
   * A frame whose neighbours are not known: taken as if nothing came between its event and the
   * return.
   */
  static Alone alone(UTF8String entry, Decimal nr, Decimal ret, Registers registers) {
    EntryKind kind = entry(entry);
    OptionalLong syscall = number(nr);
    EntryPath path = EntryPath.of(kind, registers, syscall, number(ret));
    return new Alone(kind, path, registers, syscall);
  }

  /** A frame whose neighbours are not known. */
  record Alone(EntryKind entry, EntryPath path, Registers registers, OptionalLong syscall)
      implements Exit {

    @Override
    public Optional<Cause> cause() {
      return Cause.alone(entry, path, registers, syscall);
    }
  }

  static EntryKind entry(UTF8String entry) {
    return value(ENTRIES, EntryKind.class, "entry", entry);
  }

  private static OptionalLong number(Decimal value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value.toLong());
  }

  private static <E extends Enum<E>> E value(
      WordMap<E> words, Class<E> all, String column, UTF8String text) {
    E value = text == null ? null : words.get(text);
    if (value == null) {
      throw unknown(all, column, text);
    }
    return value;
  }

  private static RuntimeException unknown(
      Class<? extends Enum<?>> all, String column, UTF8String text) {
    String known =
        Stream.of(all.getEnumConstants())
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return Complaints.of(
        "sysret: %s %s; give one of %s"
            .formatted(column, text == null ? "is null" : "'" + text + "' is unknown", known));
  }
}
