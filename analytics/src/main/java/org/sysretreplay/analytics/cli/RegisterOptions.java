package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.text.RegisterText;
import picocli.CommandLine.Option;

/** A frame by hand: its registers as options. */
final class RegisterOptions {

  /** The options that a frame cannot do without. */
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

  /** Whether any of them is there. */
  boolean given() {
    return Stream.of(rip, rcx, r11, rflags, cs, ss, rsp, entry).anyMatch(it -> it != null);
  }

  /**
   * The frame.
   *
   * @throws UsageException where a value is missing, or is no register's
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
    EntryKind kind =
        Choice.of(EntryKind.class, "--entry", Optional.ofNullable(entry).orElse(ENTRY));
    Registers registers =
        new Registers(
            register("--rip", rip),
            register("--rcx", rcx),
            register("--r11", r11),
            register("--rflags", rflags),
            register("--cs", Optional.ofNullable(cs).orElse(CS)),
            register("--ss", Optional.ofNullable(ss).orElse(SS)));
    return new ExitFrame(
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        ExitFrame.Task.UNKNOWN,
        kind,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        registers,
        OptionalLong.of(register("--rsp", Optional.ofNullable(rsp).orElse(RSP))),
        OptionalLong.empty());
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
