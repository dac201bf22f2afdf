package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.perfdata.TracepointFormat.Field;

class TracepointFormatTest {

  private static final String START = "name: sys_exit\nID: 441\nformat:\n";
  private static final int MEBIBYTE = 1 << 20;

  private static TracepointFormat parse(String text) {
    return TracepointFormat.parse(START + text).orElseThrow();
  }

  @Test
  void theFieldsThatKernelsWrite() {
    assertThat(parse(SampledEvent.sysExit().format("sys_exit")).fields())
        .isEqualTo(
            Map.of(
                "common_type", new Field(0, 2),
                "common_flags", new Field(2, 1),
                "common_pid", new Field(4, 4),
                "id", new Field(8, 8),
                "args", new Field(24, 48),
                "ret", new Field(16, 8)));
  }

  @ParameterizedTest
  @CsvSource({
    "char comm[16], comm",
    "__data_loc char[] name, name",
    "const char * path, path",
    "pid_t pid, pid",
    "u8 x[TASK_LEN], x"
  })
  void theNameIsTheLastWordOfTheDeclaration(String declaration, String name) {
    String text = "\tfield:" + declaration + ";\toffset:8;\tsize:4;\tsigned:0;\n";
    assertThat(parse(text).fields()).isEqualTo(Map.of(name, new Field(8, 4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "field:int x;", "field:int x; offset:8;", "field:int x; size:8; offset:4;",
        "field:int x; offset:1234567890; size:4;", "field:int x; offset:8; size:4", "field:"
      })
  void whatIsNoWholeFieldIsPassedOver(String text) {
    assertThat(parse(text).fields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "field:", "[", "a[", " ", "field:a;", "field:a; offset:1; ", "\n"})
  void timeGrowsWithTheLengthOnly(String repeated) {
    String text = "field:" + repeated.repeat(MEBIBYTE / repeated.length());
    assertTimeout(Duration.ofSeconds(1), () -> parse(text));
  }
}
