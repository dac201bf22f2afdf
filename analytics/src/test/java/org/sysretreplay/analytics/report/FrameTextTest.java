package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.ThreadEvent;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Properties of the story of any frame under any model. */
class FrameTextTest {

  private static final int WIDTH = 80;
  private static final int RANDOM_FRAMES = 1_000;
  private static final long SEED = 2_015;

  private static final List<Machine> MACHINES =
      List.of(
          Machine.TRACED,
          Machine.UNTRACED,
          Machine.TRACED.withLa57(true),
          Machine.UNTRACED.withXenPv(true));

  static Stream<Path> samples() throws IOException {
    return SampleTraces.folders().stream().map(it -> it.resolve("perf.data"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFrameOfASampleHasAStoryOfEightyColumns(Path sample) {
    List<ExitModel> models = ExitModels.all();
    try (CountingReader reader = SampleTraces.input(sample).open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        if (reader.next() instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          ExitModel model = models.get((int) frame.seq() % models.size());
          assertFits(
              FrameText.explain(by(model), Machines.of(Machine.TRACED), story("sample", frame)));
        }
      }
    }
  }

  @Test
  void everyFrameOfRandomBitsHasAStoryOfEightyColumns() {
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_FRAMES; i++) {
      EntryKind entry = EntryKind.values()[random.nextInt(EntryKind.values().length)];
      ExitFrame frame = frame("comm", entry, random(random));
      for (ExitModel model : ExitModels.all()) {
        for (Machine machine : MACHINES) {
          assertFits(FrameText.explain(model, machine, frame));
        }
      }
    }
  }

  private static Models by(ExitModel model) {
    return new Models(List.of(model.id()), Map.of());
  }

  private static Registers random(Random random) {
    Registers registers = Registers.ofSyscall(0x401000, 0x246);
    for (Register register : Register.values()) {
      if (random.nextBoolean()) {
        registers = registers.with(register, random.nextLong() >>> random.nextInt(Long.SIZE));
      }
    }
    return registers;
  }

  @Test
  void breaksNamesThatAreLongerThanALineAndShowsNoControlCharacters() {
    ExitFrame frame =
        frame("\u001b[31m" + "x".repeat(200), EntryKind.SYSCALL, Registers.ofSyscall(1, 2));
    String text =
        FrameText.explain(
            by(ExitModels.SEED), Machines.of(Machine.TRACED), story("w".repeat(100), frame));
    assertFits(text);
    assertThat(text).contains("\uFFFD[31mxxx").doesNotContain("\u001b");
  }

  @Test
  void showsTheRegistersThatAPolicyWouldHaveWritten() {
    ExitModel model = ExitModels.SEED.under(Policy.EXEC_HITS);
    Registers started = new Registers(0x401000, 0, 0, 0x202, 0x33, 0x2b);
    String text = FrameText.explain(model, Machine.TRACED, frame("x", EntryKind.SYSCALL, started));
    assertThat(text)
        .contains(
            """
            The checks of seed+exec-hits; the kernel stops at the first that fails
              As if execve also wrote the new program's RIP and RFLAGS to RCX and R11: RCX
              is 0x401000 here, and R11 is 0x202.
              pass  rcx == rip                   0x401000 == 0x401000
            """)
        .contains("\nSYSRET gives just that, on Intel and on AMD.\n")
        .contains("\nCause EXECVE, which this model lets pass: execve started a new program");
  }

  private static void assertFits(String text) {
    // Plain loops: this runs some hundred thousand times.
    for (String line : text.split("\n", -1)) {
      if (line.length() > WIDTH || line.endsWith(" ")) {
        assertThat(line).as(text).hasSizeLessThanOrEqualTo(WIDTH).doesNotEndWith(" ");
      }
    }
  }

  private static FrameStory story(String workload, ExitFrame frame) {
    return new FrameStory(
        workload, "trace-1", frame, List.of(ThreadEvent.of(frame)), Sampling.NOT_TOLD, false);
  }

  private static ExitFrame frame(String comm, EntryKind entry, Registers registers) {
    return new ExitFrame(
        7,
        OptionalLong.of(1),
        OptionalLong.of(0),
        new Task(OptionalLong.of(1), OptionalLong.of(1), Optional.of(comm)),
        entry,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        registers,
        OptionalLong.of(-1),
        OptionalLong.empty());
  }
}
