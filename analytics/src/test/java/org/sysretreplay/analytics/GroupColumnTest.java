package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.GroupColumn.Kind;

class GroupColumnTest {

  @ParameterizedTest
  @MethodSource("org.sysretreplay.analytics.Questions#columns")
  void isReadBackFromItsText(GroupColumn column) {
    assertThat(GroupColumn.of(column.text())).contains(column);
  }

  @ParameterizedTest
  @MethodSource("org.sysretreplay.analytics.Questions#columns")
  void isTheSameInAnotherProcess(GroupColumn column) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(column);
    }
    assertThat(read(bytes.toByteArray())).isEqualTo(column);
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1ns, 1, 1ns",
    "1000ns, 1000, 1us",
    "250us, 250000, 250us",
    "100ms, 100000000, 100ms",
    "1500ms, 1500000000, 1500ms",
    "60s, 60000000000, 1m",
    "90m, 5400000000000, 90m",
    "2h, 7200000000000, 2h",
  })
  void windowsOfOneLengthAreEqualInWhateverUnitTheyAreAsked(String asked, long nanos, String text) {
    GroupColumn window = GroupColumn.of("window=" + asked).orElseThrow();
    assertThat(window).isEqualTo(GroupColumn.window(nanos));
    assertThat(window.text()).isEqualTo("window=" + text);
    assertThat(window.key()).isEqualTo("window");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "window",
        "window=",
        "window=5",
        "window=ms",
        "window=-5ms",
        "window=0s",
        "window=1.5s",
        "window=1 s",
        "window=1d",
        "window=2562048h",
        "window=99999999999999999999s",
        "second=1s"
      })
  void whatIsNoColumnIsNone(String text) {
    assertThat(GroupColumn.of(text)).isEmpty();
  }

  @Property
  void aWindowHoldsItsStartAndAllThatIsLaterByLessThanItsWidth(
      @ForAll @LongRange(min = -1L << 60, max = 1L << 60) long nanos,
      @ForAll @LongRange(min = 1, max = 1L << 60) long width) {
    GroupColumn window = GroupColumn.window(width);
    long start = window.ofStored(nanos);
    assertThat(start % width).isZero();
    assertThat(nanos - start).isBetween(0L, width - 1);
    assertThat(window.ofStored(start)).isEqualTo(start);
  }

  @Property
  void theFirstWindowBeginsWithTime(
      @ForAll @LongRange(min = 0, max = 1L << 60) long since,
      @ForAll @LongRange(min = 1, max = 1L << 60) long width) {
    GroupColumn window = GroupColumn.window(width);
    long start = window.ofStored(Long.MIN_VALUE + since);
    assertThat(start).isLessThanOrEqualTo(Long.MIN_VALUE + since);
    assertThat(start == Long.MIN_VALUE || start % width == 0).isTrue();
    assertThat(window.ofStored(start)).isEqualTo(start);
  }

  @Test
  void onlyWindowsHaveAWidth() {
    assertThatThrownBy(() -> new GroupColumn(Kind.CPU, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GroupColumn.window(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
