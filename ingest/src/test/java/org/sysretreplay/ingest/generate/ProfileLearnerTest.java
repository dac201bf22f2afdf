package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.trace.TraceException;

class ProfileLearnerTest {

  static List<Path> samples() {
    return Traces.workloads();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsEveryKindOfFrameHoweverRare(Path sample) {
    List<ExitFrame> frames = Learnt.frames(sample);
    Workload learnt = Learnt.from(sample);

    assertThat(kinds(learnt.templates()))
        .isEqualTo(kinds(frames.stream().map(Template::of).toList()));
    assertThat(learnt.frames()).isEqualTo(frames.size());
  }

  private static Set<FrameKind> kinds(List<Template> templates) {
    return templates.stream().map(FrameKind::of).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void asManyStepsLeadToATemplateAsAwayFromIt(Path sample) {
    Workload learnt = Learnt.from(sample);
    long[] balance = new long[learnt.templates().size()];
    learnt.firstOfProcess().forEach(it -> balance[(int) it.value()] += it.count());
    learnt.firstOfThread().forEach(it -> balance[(int) it.value()] += it.count());
    for (Step step : learnt.steps()) {
      balance[step.from()] -= step.count();
      if (step.to() != Step.END) {
        balance[step.to()] += step.count();
      }
    }

    assertThat(balance).containsOnly(0);
    assertThat(learnt.steps().stream().mapToLong(Step::count).sum()).isEqualTo(learnt.frames());
  }

  @Test
  void theProfileOfAllSamplesIsSmall() {
    Profile profile = Learnt.profile(Traces.samples());

    assertThat(profile.workloads()).hasSize(17);
    assertThat(profile.json()).hasSizeLessThan(4_000_000);
  }

  @Test
  void aProgramThatLiesElsewhereIsTheSameTemplate(@TempDir Path folder) throws IOException {
    String lines =
        line(1, 0x7f11_2233_4000L + 0x456)
            + line(1, 0x7f11_2234_5000L + 0x789)
            + line(2, 0x7f55_6677_8000L + 0x456)
            + line(2, 0x7f55_6678_9000L + 0x789);

    Workload learnt = Learnt.profile(write(folder, lines)).workloads().get(0);

    assertThat(learnt.templates())
        .extracting(it -> Hex.of(it.frame().registers().rip()))
        .containsExactly("0x7f8000000456", "0x7f8000011789");
    assertThat(learnt.steps()).containsExactly(new Step(0, 1, 2), new Step(1, Step.END, 2));
    assertThat(learnt.threads()).containsExactly(new Weighted(1, 2));
  }

  private static String line(int pid, long rip) {
    return registers(pid, Hex.of(rip), Hex.of(rip));
  }

  private static String registers(int pid, String rip, String rcx) {
    return """
        {"pid":%1$d,"tid":%1$d,"rip":"%2$s","rcx":"%3$s","r11":582,"rflags":582,"cs":51,"ss":43}
        """
        .formatted(pid, rip, rcx);
  }

  private static Path write(Path folder, String lines) throws IOException {
    Files.writeString(folder.resolve("made.jsonl"), lines);
    return folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x0",
        "0xfff",
        "0x7ffffffff000",
        "0x800000000000",
        "0xffffffffff600400",
        "0xffff800000000000",
        "0xffffffffffffffff"
      })
  void whatIsNoUserAddressStaysAsItIs(String address, @TempDir Path folder) throws IOException {
    String lines = registers(1, address, "0x7f1122334455");

    Workload learnt = Learnt.profile(write(folder, lines)).workloads().get(0);

    assertThat(Hex.of(learnt.templates().get(0).frame().registers().rip())).isEqualTo(address);
  }

  @Test
  void framesThatTellLittleAreLearntAsTheyAre(@TempDir Path folder) throws IOException {
    String lines = "{\"rip\":1,\"rcx\":1,\"r11\":1,\"rflags\":1,\"cs\":51,\"ss\":43}\n".repeat(3);

    Workload learnt = Learnt.profile(write(folder, lines)).workloads().get(0);

    assertThat(learnt.templates()).hasSize(1);
    assertThat(learnt.templates().get(0).absent()).containsExactly(Template.Drawn.values());
    assertThat(learnt.steps()).containsExactly(new Step(0, Step.END, 1), new Step(0, 0, 2));
    assertThat(learnt.cpus()).isEmpty();
    assertThat(learnt.gaps()).isEmpty();
  }

  @Test
  void aNumberThatIsGivenAnewIsANewProcess(@TempDir Path folder) throws IOException {
    String lines =
        """
        {"pid":7,"tid":7,"entry":"fork","rip":9,"rcx":9,"r11":2,"rflags":2,"cs":51,"ss":43}
        {"pid":7,"tid":8,"rip":8,"rcx":8,"r11":2,"rflags":2,"cs":51,"ss":43}
        """;

    Workload learnt = Learnt.profile(write(folder, lines + lines)).workloads().get(0);

    assertThat(learnt.firstOfProcess()).containsExactly(new Weighted(0, 2));
    // The thread 8 of the second process goes on where the first left it: nothing shows its end.
    assertThat(learnt.firstOfThread()).containsExactly(new Weighted(1, 1));
  }

  @Test
  void countsAreRefusedEvenWhereEachIsOne(@TempDir Path folder) throws IOException {
    String header =
        "{\"schema\":\"sysret-replay/counts/1\",\"kernel_release\":\"6.12.1\",\"exits\":1}\n";
    write(folder, header + registers(1, "0x1000", "0x1000"));

    assertThatThrownBy(() -> Learnt.profile(folder))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("its exits were counted where they were recorded");
  }

  @Test
  void aTraceWithoutFramesIsNoWorkload(@TempDir Path folder) throws IOException {
    assertThat(Learnt.profile(write(folder, "{\"rip\":1}\n")).workloads()).isEmpty();
  }
}
