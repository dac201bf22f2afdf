package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleHeadTest {

  private static final long ALL =
      SampleType.IDENTIFIER
          | SampleType.IP
          | SampleType.TID
          | SampleType.TIME
          | SampleType.ADDR
          | SampleType.ID
          | SampleType.STREAM_ID
          | SampleType.CPU
          | SampleType.PERIOD;

  private record Word(String name, int bytes) {}

  /** Each word of a sample with all of them, in the order of perf_event_open(2). */
  private static final List<Word> WORDS =
      List.of(
          new Word("identifier", 8),
          new Word("ip", 8),
          new Word("pid", 4),
          new Word("tid", 4),
          new Word("time", 8),
          new Word("addr", 8),
          new Word("id", 8),
          new Word("stream id", 8),
          new Word("cpu", 4),
          new Word("cpu reserved", 4),
          new Word("period", 8));

  private static ByteCursor body(int bytes) {
    return new ByteCursor(ByteBuffer.allocate(bytes));
  }

  @Test
  void aBodyThatEndsBeforeAWordNamesIt() {
    int before = 0;
    for (Word word : WORDS) {
      for (int left = 0; left < word.bytes(); left++) {
        ByteCursor body = body(before + left);
        assertThatThrownBy(() -> new SampleHead(ALL).pass(body))
            .hasMessage("sample %s needs %d bytes, %d are left", word.name(), word.bytes(), left);
      }
      before += word.bytes();
    }
    ByteCursor whole = body(before);
    new SampleHead(ALL).pass(whole);
    assertThat(whole.left()).isZero();
  }

  @Test
  void wordsThatTheTypeDoesNotHaveAreNotMissed() {
    SampleHead head = new SampleHead(SampleType.TIME);
    ByteCursor body = body(8);
    head.pass(body);
    assertThat(body.left()).isZero();
    assertThat(head.hasTask()).isFalse();
    assertThat(head.task(body)).isZero();
    assertThat(head.cpu(body)).isEmpty();
    assertThatThrownBy(() -> head.pass(body(7))).hasMessageStartingWith("sample time needs");
    assertThat(new SampleHead(0).hasTime()).isFalse();
    assertThat(new SampleHead(0).time(body(0))).isZero();
  }
}
