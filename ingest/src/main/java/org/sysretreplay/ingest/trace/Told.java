package org.sysretreplay.ingest.trace;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/**
 * What a line or a row tells of the way back of its frame, beside the registers. It is taken at its
 * word; what it does not tell follows from the registers, the system call and its result.
 */
public record Told(
    EntryKind entry, Optional<EntryPath> path, Optional<Stage> stage, Optional<Cause> cause) {

  public static final Word<EntryKind> ENTRY =
      new Word<>("entry", EntryKind::ofKey, "one of " + EntryKind.KEYS);

  public static final Word<EntryPath> PATH =
      new Word<>("path", EntryPath::ofKey, "a row of the matrix of MODELS.md");

  public static final Word<Stage> STAGE = new Word<>("stage", Stage::ofKey, "one of " + Stage.KEYS);

  public static final Word<Cause> CAUSE =
      new Word<>("cause", Cause::ofKey, "one of the causes of MODELS.md");

  /**
   * A field that holds one of some words.
   *
   * @param field its name
   * @param wanted which words, as part of a sentence
   */
  public record Word<E>(String field, Function<String, Optional<E>> ofKey, String wanted) {

    /** What is wrong with another word. */
    public String fault(String word) {
      return "field %s is not %s (%s)".formatted(field, wanted, word);
    }
  }

  /** What contradicts itself or the registers, with the field's name; empty if nothing does. */
  public Optional<String> contradiction(
      Registers registers, OptionalLong syscall, OptionalLong result) {
    EntryPath way = path(registers, syscall, result);
    if (!way.isOf(entry)) {
      return no("path", "%s is no way back from the entry %s", way.key(), entry.key());
    }
    if (isInKernel() && way != EntryPath.INTERRUPT) {
      return no(
          "stage", "%s is of interrupts, and the path is %s", Stage.IN_KERNEL.key(), way.key());
    }
    if (cause.isPresent() && !cause.get().canBe(entry, way, registers, syscall)) {
      return no("cause", "%s keeps no frame with these registers from SYSRET", cause.get().key());
    }
    return Optional.empty();
  }

  private static Optional<String> no(String field, String why, Object... words) {
    return Optional.of("field " + field + " cannot be: " + why.formatted(words));
  }

  /** Whether it is no return: an interrupt hit the kernel. */
  public boolean isInKernel() {
    return stage.isPresent() && stage.get() == Stage.IN_KERNEL;
  }

  /** The way back. An amended frame whose way is not told had work at exit. */
  public EntryPath path(Registers registers, OptionalLong syscall, OptionalLong result) {
    return path.orElseGet(
        () -> {
          EntryPath plain = EntryPath.of(entry, registers, syscall, result);
          return isAmended() ? plain.withWork() : plain;
        });
  }

  private boolean isAmended() {
    return stage.isPresent() && stage.get() == Stage.AMENDED;
  }

  /** What keeps the frame from SYSRET. */
  public Optional<Cause> cause(EntryPath way, Registers registers, OptionalLong syscall) {
    return cause.isPresent() ? cause : Cause.alone(entry, way, registers, syscall);
  }

  /**
   * The assembly of the frame. What the event of an amended one showed is not told: the frame
   * itself stands for it.
   */
  public Assembly assembly(
      Registers registers,
      OptionalLong rsp,
      OptionalLong rax,
      OptionalLong syscall,
      OptionalLong result) {
    EntryPath way = path(registers, syscall, result);
    Optional<Cause> why = cause(way, registers, syscall);
    return isAmended()
        ? new Assembly(
            way, Stage.AMENDED, why, Optional.of(new Recorded(entry, way, registers, rsp, rax)))
        : Assembly.unchanged(way, stage.orElse(Stage.FINAL), why);
  }
}
