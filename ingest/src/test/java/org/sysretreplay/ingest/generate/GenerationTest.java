package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.TraceException;

class GenerationTest {

  private static Profile profile;

  @BeforeAll
  static void learn() {
    profile = new Profile(Traces.workloads().stream().map(Learnt::from).toList());
  }

  private static Generation generation(long frames) {
    return new Generation(profile, "p.json", 5, frames);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 17, 18, 1_000_003, 50_000_001, 1_000_000_000_000L})
  void thereAreExactlyAsManyFramesAsAskedFor(long frames) {
    List<GeneratedTrace> traces = generation(frames).traces();

    assertThat(traces.stream().mapToLong(GeneratedTrace::frames).sum()).isEqualTo(frames);
    assertThat(traces).allMatch(it -> it.frames() >= 1 && it.frames() <= 16_000_000);
    assertThat(traces).extracting(GeneratedTrace::traceId).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_000_001L})
  void noFramesAndTooManyAreRefused(long frames) {
    assertThatThrownBy(() -> generation(frames))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(frames + " frames");
  }

  @Test
  void everyWorkloadHasItsShareWithinOneFrame() {
    List<Long> shares = generation(1_000_003).shares();

    for (int i = 0; i < shares.size(); i++) {
      double exact = 1_000_003.0 * profile.workloads().get(i).frames() / profile.frames();
      assertThat((double) shares.get(i)).isBetween(exact - 1, exact + 1);
    }
  }

  @Test
  void tracesOfAWorkloadFollowEachOther() {
    Generation one = new Generation(only("http"), "p.json", 5, 25_000);

    List<GeneratedTrace> traces = one.traces(10_000);

    assertThat(traces).extracting(GeneratedTrace::frames).containsExactly(10_000L, 10_000L, 5_000L);
    assertThat(traces)
        .extracting(GeneratedTrace::traceId)
        .containsExactly("generated-5-000", "generated-5-001", "generated-5-002");
    assertThat(traces).extracting(GeneratedTrace::startNanos).isSorted().doesNotHaveDuplicates();
    assertThat(traces).extracting(GeneratedTrace::seed).doesNotHaveDuplicates();
    assertThat(frames(traces.get(0))).hasSize(10_000);
    assertThat(frames(traces.get(2)).get(4_999).seq()).isEqualTo(4_999);
  }

  @Test
  void idsAreTheSameInEveryLanguage() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(new Generation(only("http"), "p.json", 5, 1).traces())
          .extracting(GeneratedTrace::traceId)
          .containsExactly("generated-5-000");
    } finally {
      Locale.setDefault(usual);
    }
  }

  /** Frames an hour apart: 876,600 of them last a hundred years. */
  @Test
  void moreFramesThanTimeHasRoomForAreRefused(@TempDir Path folder) throws IOException {
    String frame =
        "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}\n";
    Files.writeString(
        folder.resolve("slow.jsonl"), frame.formatted(0) + frame.formatted(3_600_000_000_000L));
    Profile slow = Learnt.profile(folder);

    assertThatThrownBy(() -> new Generation(slow, "p.json", 5, 3_000_000).traces())
        .isInstanceOf(TraceException.class)
        .hasMessageMatching(
            "p\\.json: 3,000,000 frames of the workload slow, as far apart as in the profile, would"
                + " last more than a hundred years; ask for at most 8\\d\\d,\\d{3} frames\\.");
    List<ExitFrame> frames = frames(new Generation(slow, "p.json", 5, 800_000).traces().get(0));
    assertThat(frames)
        .isSortedAccordingTo(Comparator.comparingLong(it -> it.timeNanos().orElseThrow()));
  }

  @Test
  void aWorkloadsFramesDoNotDependOnTheOthersInTheProfile() {
    GeneratedTrace alone = new Generation(only("http"), "p.json", 5, 1_000).traces().get(0);
    GeneratedTrace among =
        generation(20_000).traces().stream()
            .filter(it -> it.workload().equals("http"))
            .findFirst()
            .orElseThrow();

    assertThat(frames(among).subList(0, 1_000)).isEqualTo(frames(alone));
  }

  private static Profile only(String workload) {
    return new Profile(List.of(Learnt.from(Traces.samples().resolve(workload))));
  }

  private static List<ExitFrame> frames(GeneratedTrace trace) {
    List<ExitFrame> frames = new ArrayList<>();
    trace.open().forEachRemaining(frames::add);
    return frames;
  }
}
