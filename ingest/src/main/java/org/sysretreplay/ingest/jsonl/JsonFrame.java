package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.ingest.trace.RejectReason;

/** Collects the fields of one frame, which come in any order. */
final class JsonFrame {

  private static final int REQUIRED = (1 << Register.values().length) - 1;

  /** The bit of an unknown field, which is ignored. */
  static final int UNKNOWN = 0;

  /** Caches of the texts that come again in line after line. */
  static final class Names {
    private final JsonTextCache<Optional<String>> texts =
        new JsonTextCache<>(text -> Optional.of(Printable.wellFormed(text)));
    private final JsonTextCache<Optional<EntryKind>> entries =
        new JsonTextCache<>(EntryKind::ofKey);
    private final JsonTextCache<Boolean> stages = new JsonTextCache<>(Stage.EARLY.key()::equals);
  }

  private final Names names;
  private final long[] registers = new long[Register.values().length];
  private int present;
  private OptionalLong rsp = OptionalLong.empty();
  private OptionalLong rax = OptionalLong.empty();
  private OptionalLong timeNanos = OptionalLong.empty();
  private OptionalLong cpu = OptionalLong.empty();
  private OptionalLong pid = OptionalLong.empty();
  private OptionalLong tid = OptionalLong.empty();
  private OptionalLong syscall = OptionalLong.empty();
  private OptionalLong result = OptionalLong.empty();
  private Optional<String> comm = Optional.empty();
  private Optional<String> event = Optional.empty();
  private EntryKind entry = EntryKind.SYSCALL;
  private long count = 1;

  /** Whether nothing tells what came after; other stages are the reader's own words. */
  private boolean early;

  JsonFrame(Names names) {
    this.names = names;
  }

  /**
   * Takes the field whose value the parser stands on. Unknown fields are ignored.
   *
   * @return a bit that no other field has, or {@link #UNKNOWN}
   */
  int put(String name, JsonParser value) throws IOException {
    return switch (name) {
      case "rip" -> put(Register.RIP, name, value);
      case "rcx" -> put(Register.RCX, name, value);
      case "r11" -> put(Register.R11, name, value);
      case "rflags" -> put(Register.RFLAGS, name, value);
      case "cs" -> put(Register.CS, name, value);
      case "ss" -> put(Register.SS, name, value);
      case "rsp" -> {
        rsp = OptionalLong.of(register(name, value));
        yield 1 << 6;
      }
      case "rax" -> {
        rax = OptionalLong.of(register(name, value));
        yield 1 << 7;
      }
      case "ts_ns" -> {
        timeNanos = integer(name, value);
        yield 1 << 8;
      }
      case "cpu" -> {
        cpu = integer(name, value);
        yield 1 << 9;
      }
      case "pid" -> {
        pid = integer(name, value);
        yield 1 << 10;
      }
      case "tid" -> {
        tid = integer(name, value);
        yield 1 << 11;
      }
      case "nr" -> {
        syscall = integer(name, value);
        yield 1 << 12;
      }
      case "ret" -> {
        result = integer(name, value);
        yield 1 << 13;
      }
      case "comm" -> {
        comm = text(name, value, names.texts);
        yield 1 << 14;
      }
      case "event" -> {
        event = text(name, value, names.texts);
        yield 1 << 15;
      }
      case "entry" -> {
        entry = entry(value);
        yield 1 << 16;
      }
      case "count" -> {
        count = count(value);
        yield 1 << 17;
      }
      case "stage" -> {
        early = text(name, value, names.stages);
        yield 1 << 18;
      }
      default -> UNKNOWN;
    };
  }

  private int put(Register register, String name, JsonParser value) throws IOException {
    int bit = 1 << register.ordinal();
    registers[register.ordinal()] = register(name, value);
    present |= bit;
    return bit;
  }

  /** Whether every required field was there. */
  boolean isComplete() {
    return present == REQUIRED;
  }

  /**
   * The frame.
   *
   * @param seq its number
   * @throws JsonFieldException if a required field is missing
   */
  ExitFrame toExitFrame(long seq) {
    if (!isComplete()) {
      throw new JsonFieldException(RejectReason.FIELD_MISSING, "no " + missing());
    }
    Registers tested = tested();
    return new ExitFrame(
        seq,
        timeNanos,
        cpu,
        new Task(pid, tid, comm),
        entry,
        event,
        syscall,
        result,
        tested,
        rsp,
        rax,
        Assembly.alone(
            entry,
            EntryPath.of(entry, tested, syscall, result),
            tested,
            syscall,
            early ? Stage.EARLY : Stage.FINAL),
        count);
  }

  private Registers tested() {
    return new Registers(
        value(Register.RIP),
        value(Register.RCX),
        value(Register.R11),
        value(Register.RFLAGS),
        value(Register.CS),
        value(Register.SS));
  }

  private long value(Register register) {
    return registers[register.ordinal()];
  }

  private String missing() {
    StringBuilder names = new StringBuilder();
    for (Register register : Register.values()) {
      if ((present & 1 << register.ordinal()) == 0) {
        names.append(names.isEmpty() ? "" : ", ").append(register.key());
      }
    }
    return names.toString();
  }

  private static long register(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_STRING) {
      OptionalLong number =
          RegisterText.parse(
              value.getTextCharacters(), value.getTextOffset(), value.getTextLength());
      if (number.isPresent()) {
        return number.getAsLong();
      }
      throw new JsonFieldException(
          RejectReason.MALFORMED_REGISTER, RegisterText.complaint(name, value.getText()));
    }
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      BigInteger number = value.getBigIntegerValue();
      if (number.signum() >= 0 && number.bitLength() <= Long.SIZE) {
        return number.longValue();
      }
    }
    throw new JsonFieldException(
        RejectReason.MALFORMED_REGISTER,
        "register %s is not an unsigned 64-bit number (%s)".formatted(name, value.getText()));
  }

  private static OptionalLong integer(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
        && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return OptionalLongCache.of(value.getLongValue());
    }
    throw invalid(name, "a 64-bit integer", value);
  }

  private static long count(JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
        && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && ExitFrame.isCount(value.getLongValue())) {
      return value.getLongValue();
    }
    throw invalid("count", "a number of exits from 1 to 10^12", value);
  }

  /** A number of exits that a counter tells of the whole. */
  static long exits(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
        && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && value.getLongValue() >= 0) {
      return value.getLongValue();
    }
    throw invalid(name, "a number of exits", value);
  }

  /** A text as it is kept: well-formed. */
  static String text(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_STRING) {
      return Printable.wellFormed(value.getText());
    }
    throw invalid(name, "a string", value);
  }

  private static <T> T text(String name, JsonParser value, JsonTextCache<T> texts)
      throws IOException {
    if (value.currentToken() == JsonToken.VALUE_STRING) {
      return texts.get(value);
    }
    throw invalid(name, "a string", value);
  }

  private EntryKind entry(JsonParser value) throws IOException {
    Optional<EntryKind> entry = text("entry", value, names.entries);
    if (entry.isEmpty()) {
      throw invalid("entry", "one of " + EntryKind.KEYS, value);
    }
    return entry.get();
  }

  private static JsonFieldException invalid(String name, String wanted, JsonParser value)
      throws IOException {
    return new JsonFieldException(
        RejectReason.FIELD_INVALID,
        "field %s is not %s (%s)".formatted(name, wanted, value.getText()));
  }
}
