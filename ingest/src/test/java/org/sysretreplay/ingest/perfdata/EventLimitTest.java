package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sysretreplay.ingest.trace.TraceException;

class EventLimitTest {

  @Test
  void asManyEventsAsARecordingCanHave() {
    EventLimit limit = new EventLimit("a", 8);
    for (int i = 0; i < EventLimit.MAX_EVENTS; i++) {
      limit.take(0);
    }
    assertThatThrownBy(() -> limit.take(0))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "a: its header has more than 65536 events; copy the file whole, or record again.");
  }

  @Test
  void asManyIdsAsTheFileHasRoomFor() {
    EventLimit limit = new EventLimit("a", 80);
    assertThatCode(() -> limit.take(10)).doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.take(1))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "a: its events have more ids than the file has room for; copy the file whole, or record"
                + " again.");
  }
}
