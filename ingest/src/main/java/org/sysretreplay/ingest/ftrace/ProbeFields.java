package org.sysretreplay.ingest.ftrace;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.text.TextCursor;

/**
 * Parses the fields of a probe event: {@code (function+0x4/0x10) ip=0x47b7a0 cx=0x47b7a0 ...}.
 * Unknown names, and words that are no fields, are ignored.
 */
final class ProbeFields {

  /** The one field that is no register of perf's. */
  private static final String ORIG_AX = "orig_ax";

  private static final Map<String, PerfRegister> REGISTERS =
      Stream.of(PerfRegister.values())
          .collect(Collectors.toUnmodifiableMap(ProbeFields::nameOf, Function.identity()));

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

  /** The ABI word of 64-bit code, which perf recognises by its CS (sheet 6.4). */
  private static final long ABI_64 = 2;

  private static final long USER_CS = 0x33;
  private static final long USER_PRIVILEGE = 3;

  private final UserRegisters unlabelled = new UserRegisters(ABI_64);
  private OptionalLong origAx = OptionalLong.empty();
  private Optional<String> broken = Optional.empty();
  private boolean joined;

  private ProbeFields() {}

  /** The field's name of a register. */
  static String nameOf(PerfRegister register) {
    return register.name().toLowerCase(Locale.ROOT);
  }

  /** Takes the fields in the rest of the line. If a name stands twice, the first counts. */
  static ProbeFields take(TextCursor line) {
    ProbeFields fields = new ProbeFields();
    for (line.skipBlanks(); !line.atEnd(); line.skipBlanks()) {
      String word = line.takeWord();
      int equals = word.indexOf('=');
      if (equals >= 0) {
        String value = word.substring(equals + 1);
        skipRestOfText(value, line);
        fields.add(word.substring(0, equals), value);
      } else if (word.endsWith(":")) {
        fields.joined = true;
      }
    }
    return fields;
  }

  /** Skips the rest of a text in quotes, which may hold blanks and text that looks like fields. */
  private static void skipRestOfText(String value, TextCursor line) {
    boolean closed = value.length() > 1 && value.endsWith("\"");
    while (value.startsWith("\"") && !closed && !line.atEnd()) {
      line.skipBlanks();
      closed = line.takeWord().endsWith("\"");
    }
  }

  private void add(String name, String text) {
    PerfRegister register = REGISTERS.get(name);
    if (register == null && !name.equals(ORIG_AX)) {
      return;
    }
    OptionalLong value = value(text);
    if (value.isEmpty()) {
      broken = broken.or(() -> Optional.of(RegisterText.complaint(name, text)));
    } else if (register == null) {
      origAx = origAx.isEmpty() ? value : origAx;
    } else if (unlabelled.get(register).isEmpty()) {
      unlabelled.put(register, value.getAsLong());
    }
  }

  /** Parses hexadecimal digits behind 0x, as {@code :x64} prints, or decimal ones. */
  private static OptionalLong value(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return RegisterText.parse(text);
    }
    BigInteger number = new BigInteger(text);
    boolean fits = number.compareTo(SMALLEST) >= 0 && number.bitLength() <= Long.SIZE;
    return fits ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
  }

  /** Whether one more record begins amid them: no field ends with a colon. */
  boolean areJoined() {
    return joined;
  }

  /** What is wrong with the first register that is no number; empty if all are. */
  Optional<String> broken() {
    return broken;
  }

  /** The names of the fields that the check needs and that are missing, separated by commas. */
  String missing() {
    return unlabelled.missing().stream().map(ProbeFields::nameOf).collect(Collectors.joining(", "));
  }

  /** Whether the registers are those of user code; only if none is {@link #missing}. */
  boolean isOfUserCode() {
    return (cs() & USER_PRIVILEGE) == USER_PRIVILEGE;
  }

  /** The registers with the ABI word that perf would give; only if none is missing. */
  UserRegisters registers() {
    UserRegisters registers = new UserRegisters(cs() == USER_CS ? ABI_64 : UserRegisters.ABI_32);
    for (PerfRegister register : PerfRegister.values()) {
      unlabelled.get(register).ifPresent(value -> registers.put(register, value));
    }
    return registers;
  }

  private long cs() {
    return unlabelled.get(PerfRegister.CS).orElseThrow();
  }

  /** The number of the syscall, as the 32 bits that the kernel uses; -1 for rt_sigreturn. */
  OptionalLong syscall() {
    return origAx.isEmpty() ? origAx : OptionalLong.of((int) origAx.getAsLong());
  }

  /** The result of the syscall. */
  OptionalLong result() {
    return unlabelled.get(PerfRegister.AX);
  }
}
