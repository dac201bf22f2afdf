package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.RegisterText;
import org.sysretreplay.ingest.RejectReason;

/** The fields of one line as they come, in any order. */
final class JsonFrame {

  private static final int REQUIRED = (1 << Register.values().length) - 1;

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

  /** Takes the field whose value the parser stands on; an unknown one is passed over. */
  void put(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (name) {
      case "rip" -> put(Register.RIP, value);
      case "rcx" -> put(Register.RCX, value);
      case "r11" -> put(Register.R11, value);
      case "rflags" -> put(Register.RFLAGS, value);
      case "cs" -> put(Register.CS, value);
      case "ss" -> put(Register.SS, value);
      case "rsp" -> rsp = OptionalLong.of(register(name, value));
      case "rax" -> rax = OptionalLong.of(register(name, value));
      case "ts_ns" -> timeNanos = OptionalLong.of(integer(name, value));
      case "cpu" -> cpu = OptionalLong.of(integer(name, value));
      case "pid" -> pid = OptionalLong.of(integer(name, value));
      case "tid" -> tid = OptionalLong.of(integer(name, value));
      case "nr" -> syscall = OptionalLong.of(integer(name, value));
      case "ret" -> result = OptionalLong.of(integer(name, value));
      case "comm" -> comm = Optional.of(text(name, value));
      case "event" -> event = Optional.of(text(name, value));
      case "entry" -> entry = entry(value);
      default -> value.skipChildren();
    }
  }

  private void put(Register register, JsonParser value) throws IOException {
    registers[register.ordinal()] = register(register.key(), value);
    present |= 1 << register.ordinal();
  }

  /** The frame, if every required field was there. */
  ExitFrame toExitFrame(long seq) {
    if (present != REQUIRED) {
      throw new JsonFieldException(RejectReason.FIELD_MISSING, "no " + missing());
    }
    return new ExitFrame(
        seq,
        timeNanos,
        cpu,
        new Task(pid, tid, comm),
        entry,
        event,
        syscall,
        result,
        new Registers(
            value(Register.RIP),
            value(Register.RCX),
            value(Register.R11),
            value(Register.RFLAGS),
            value(Register.CS),
            value(Register.SS)),
        rsp,
        rax);
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
      String text = value.getText();
      return RegisterText.parse(text)
          .orElseThrow(
              () ->
                  new JsonFieldException(
                      RejectReason.MALFORMED_REGISTER, RegisterText.complaint(name, text)));
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

  private static long integer(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
        && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return value.getLongValue();
    }
    throw invalid(name, "a 64-bit integer", value);
  }

  private static String text(String name, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_STRING) {
      return value.getText();
    }
    throw invalid(name, "a string", value);
  }

  private static EntryKind entry(JsonParser value) throws IOException {
    Optional<EntryKind> entry = EntryKind.ofKey(text("entry", value));
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
