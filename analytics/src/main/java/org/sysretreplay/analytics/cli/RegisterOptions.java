package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.text.RegisterText;
import picocli.CommandLine.Option;

/** The options that give the registers of a frame by hand. */
final class RegisterOptions {

  /** The options that are required for a frame by hand. */
  static final String NEEDED = "--rip, --rcx, --r11 and --rflags";

  private static final String VALUE = "VALUE";
  private static final String CS = "0x33";
  private static final String SS = "0x2b";
  private static final String RSP = "0x0";
  private static final String ENTRY = "syscall";

  @Option(names = "--rip", paramLabel = VALUE, description = "The return address.")
  private String rip;

  @Option(names = "--rcx", paramLabel = VALUE, description = "RCX.")
  private String rcx;

  @Option(names = "--r11", paramLabel = VALUE, description = "R11.")
  private String r11;

  @Option(names = "--rflags", paramLabel = VALUE, description = "RFLAGS.")
  private String rflags;

  @Option(names = "--cs", paramLabel = VALUE, description = "The CS slot (default: " + CS + ").")
  private String cs;

  @Option(names = "--ss", paramLabel = VALUE, description = "The SS slot (default: " + SS + ").")
  private String ss;

  @Option(
      names = "--rsp",
      paramLabel = VALUE,
      description = "RSP, which no model tests (default: " + RSP + ").")
  private String rsp;

  @Option(
      names = "--entry",
      paramLabel = "KIND",
      completionCandidates = Names.Entries.class,
      description =
          "How the kernel was entered: ${COMPLETION-CANDIDATES} (default: " + ENTRY + ").")
  private String entry;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      completionCandidates = Names.Paths.class,
      description =
          "The way back, in place of the one that follows from --entry, --nr and --ret:"
              + " ${COMPLETION-CANDIDATES}.")
  private String path;

  @Option(
      names = "--nr",
      paramLabel = "NUMBER",
      description =
          "The number of the syscall that returns, where one does; -1 after rt_sigreturn.")
  private String number;

  @Option(names = "--ret", paramLabel = VALUE, description = "What that syscall returned.")
  private String result;

  /** Whether any of these options is given. */
  boolean given() {
    return Stream.of(rip, rcx, r11, rflags, cs, ss, rsp, entry, path, number, result)
        .anyMatch(it -> it != null);
  }

  /**
   * The frame.
   *
   * @throws UsageException if a value is missing or invalid
   */
  ExitFrame frame() {
    String missing =
        Stream.of(
                missing("--rip", rip),
                missing("--rcx", rcx),
                missing("--r11", r11),
                missing("--rflags", rflags))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new UsageException("a frame by hand lacks %s; give %s.".formatted(missing, NEEDED));
    }
    Optional<EntryPath> asked =
        Optional.ofNullable(path).map(it -> EnumOption.of(EntryPath.class, "--path", it));
    EntryKind kind = kind(asked);
    Registers registers =
        new Registers(
            register("--rip", rip),
            register("--rcx", rcx),
            register("--r11", r11),
            register("--rflags", rflags),
            register("--cs", Optional.ofNullable(cs).orElse(CS)),
            register("--ss", Optional.ofNullable(ss).orElse(SS)));
    OptionalLong nr = syscall(kind);
    OptionalLong ret = number("--ret", result);
    EntryPath way = asked.orElseGet(() -> EntryPath.of(kind, registers, nr, ret));
    return new ExitFrame(
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        ExitFrame.Task.UNKNOWN,
        kind,
        Optional.empty(),
        nr,
        ret,
        registers,
        OptionalLong.of(register("--rsp", Optional.ofNullable(rsp).orElse(RSP))),
        OptionalLong.empty(),
        Assembly.alone(kind, way, registers, nr, Stage.FINAL));
  }

  /** How the kernel was entered; if only the way back is given, it follows from that. */
  private EntryKind kind(Optional<EntryPath> asked) {
    if (entry == null && asked.isPresent()) {
      return asked.get().entry();
    }
    EntryKind kind =
        EnumOption.of(EntryKind.class, "--entry", Optional.ofNullable(entry).orElse(ENTRY));
    if (asked.isPresent() && asked.get().entry() != kind) {
      throw new UsageException(
          "--path %s is a way back after %s, not after %s; leave out --entry."
              .formatted(path, asked.get().entry().sentence(), kind.sentence()));
    }
    return kind;
  }

  private OptionalLong syscall(EntryKind kind) {
    if (number == null && result != null) {
      throw new UsageException("--ret: the result of which syscall? Give --nr, too.");
    }
    if (number != null && (kind == EntryKind.INTERRUPT || kind == EntryKind.EXCEPTION)) {
      throw new UsageException(
          "--nr: no syscall returns after %s; leave out --nr and --ret."
              .formatted(kind.sentence()));
    }
    return number("--nr", number);
  }

  private static OptionalLong number(String option, String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    OptionalLong hex = RegisterText.parse(text);
    if (hex.isPresent()) {
      return hex;
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new UsageException(
          "%s: \"%s\" is no number; give one such as 57, -1 or 0x39.".formatted(option, text), e);
    }
  }

  private static Optional<String> missing(String option, String value) {
    return value == null ? Optional.of(option) : Optional.empty();
  }

  private static long register(String option, String text) {
    OptionalLong hex = RegisterText.parse(text);
    if (hex.isPresent()) {
      return hex.getAsLong();
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "%s: %s; give 0x and at most 16 hexadecimal digits, or a decimal number."
              .formatted(option, RegisterText.complaint(option.substring(2), text)),
          e);
    }
  }
}
