package org.sysretreplay.ingest.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.emulator.EntryKind;

class RecordedEventTest {

  @ParameterizedTest
  @EnumSource(RecordedEvent.class)
  void eitherShowsAFrameOrTellsOfOthers(RecordedEvent event) {
    Optional<EntryKind> entry = TracepointEvents.entryOf(event.event());
    assertThat(TracepointEvents.matters(event.event())).isTrue();
    assertThat(event.why()).startsWith(entry.isEmpty() ? "tells " : "shows ").doesNotEndWith(".");
  }

  @Test
  void everyEntryThatEventsTellIsRecorded() {
    assertThat(Stream.of(RecordedEvent.values()).map(it -> TracepointEvents.entryOf(it.event())))
        .contains(
            Optional.of(EntryKind.SYSCALL),
            Optional.of(EntryKind.EXCEPTION),
            Optional.of(EntryKind.INTERRUPT));
  }

  @Test
  void namesAreThoseOfTheKernel() {
    assertThat(RecordedEvent.values())
        .extracting(RecordedEvent::event)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z_]+:[a-z_]+"));
  }

  @Test
  void onlyTheEndOfSystemCallsCannotBeMissed() {
    assertThat(Stream.of(RecordedEvent.values()).filter(RecordedEvent::isNeeded))
        .containsExactly(RecordedEvent.SYS_EXIT);
  }
}
