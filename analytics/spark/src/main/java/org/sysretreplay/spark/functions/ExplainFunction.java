package org.sysretreplay.spark.functions;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/**
 * The function for every check of the model on the frame, in words. Spark's generated code calls
 * {@code invoke} with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record ExplainFunction(Binding binding) implements Bound<UTF8String> {

  /** For a store's frame with its cause. */
  public static UTF8String invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss,
      UTF8String cause) {
    Registers registers = new Registers(rip, rcx, r11, rflags, cs, ss);
    Exit exit = FrameArguments.stored(path, registers, cause);
    return explain(ModelArgument.of(model), exit.path().entry(), exit, registers);
  }

  /** For a frame whose neighbours are not known. */
  public static UTF8String invoke(
      UTF8String model,
      UTF8String entry,
      Decimal nr,
      Decimal ret,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    FrameArguments.Alone exit =
        FrameArguments.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss));
    return explain(ModelArgument.of(model), exit.entry(), exit, exit.registers());
  }

  private static UTF8String explain(
      ModelArgument judge, EntryKind entry, Exit exit, Registers registers) {
    ExitFrame frame =
        new ExitFrame(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            ExitFrame.Task.UNKNOWN,
            entry,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            registers,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Assembly.unchanged(exit.path(), Stage.FINAL, exit.cause()));
    return UTF8String.fromString(FrameText.explain(judge.model(), judge.machine(), frame));
  }
}
