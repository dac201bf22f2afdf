package org.sysretreplay.analytics.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFacts;
import org.sysretreplay.emulator.Registers;

class KernelCountsTest {

  private static KernelCounts counts(String map, String total) throws IOException {
    return KernelCounts.of(
        List.of(
            "{\"type\": \"attached_probes\", \"data\": {\"probes\": 7}}",
            "",
            "{\"type\": \"map\", \"data\": {\"@\": " + map + "}}",
            "{\"type\": \"map\", \"data\": {\"@processes\": {\"7\": 1}}}",
            "{\"type\": \"map\", \"data\": {\"@total\": " + total + "}}"));
  }

  @Test
  void areTheRowsOfTheMapTheMostFrequentFirst() throws IOException {
    KernelCounts counts = counts("{\"sh,1,312\": 2, \"a, b,-1,312\": 30}", "32");
    assertThat(counts)
        .isEqualTo(
            new KernelCounts(
                List.of(new AlikeExits("a, b", -1, 312, 30), new AlikeExits("sh", 1, 312, 2)), 0));
  }

  @Test
  void loseWhatTheMapHadNoRoomFor() throws IOException {
    assertThat(counts("{\"sh,1,312\": 2}", "32").lost()).isEqualTo(30);
    assertThat(counts("{}", "0")).isEqualTo(new KernelCounts(List.of(), 0));
  }

  /**
   * Names are bytes; some bpftraces print those above 127 as negative numbers, others as they are.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\\uffffffc3\\uffffffa4,\u00e4",
        "\\u00c3\\u00a4,\u00e4",
        "\u00c3\u00a4,\u00e4",
        "\\uffffffff,\uFFFD",
        "\\\\uffffffff,\\uffffffff",
        "x\\u001b[31m,x\u001b[31m",
        "q\\\"\\\\x,q\"\\x"
      })
  void haveNamesOfAnyBytes(String printed, String comm) throws IOException {
    assertThat(counts("{\"" + printed + ",1,312\": 1}", "1").alike())
        .extracting(AlikeExits::comm)
        .containsExactly(comm);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"1,312\": 1}", "{\"sh,x,312\": 1}", "{\"sh,1,312\": 2}", "{\"sh,1\" 1}"})
  void areNotMadeOfWhatTheScriptDoesNotPrint(String map) {
    assertThatThrownBy(() -> counts(map, "1")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"20, compat", "-1, syscall"})
  void areOfInt80WhereTheLdtsCodeMadeTheCall(long number, String entry) {
    int facts = ExitFacts.of(new Registers(0x401000, 3, 4, 0x246, 0x0f, 0x2b));
    assertThat(new AlikeExits("wine", number, facts, 1).lines())
        .singleElement()
        .satisfies(it -> assertThat(it.get("entry").textValue()).isEqualTo(entry));
  }

  @Test
  void areMissingWhereNothingWasPrinted() {
    assertThatThrownBy(() -> KernelCounts.of(List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("it printed no total");
  }

  @Test
  void areLinesOfJsonBehindWhatIsSaidOfTheWhole() {
    int failed = 1 << 8 | 7 << 3;
    KernelCounts counts =
        new KernelCounts(
            List.of(
                new AlikeExits("sh", 59, 1 << 22 | CountScript.NEW_PROGRAM, 1),
                new AlikeExits("\"", 0, failed | CountScript.PAGE_FAULT, 2),
                new AlikeExits("x", 1, failed | 2 << 14, 1_500_000_000_000L)),
            5);
    assertThat(counts.text("6.1", "bpftrace v1").lines())
        .containsExactly(
            "{\"schema\":\"sysret-replay/counts/1\",\"kernel_release\":\"6.1\","
                + "\"recorder\":\"bpftrace v1\",\"exits\":1500000000003,\"lost\":5}",
            compat("1000000000000"),
            compat("500000000000"),
            "{\"comm\":\"\\\"\",\"event\":\"exceptions:page_fault_user\",\"entry\":\"exception\","
                + "\"rip\":\"0x1000\",\"rcx\":\"0x1000\",\"r11\":\"0x202\",\"rflags\":\"0x202\","
                + "\"cs\":\"0x33\",\"ss\":\"0x2b\",\"stage\":\"early\",\"count\":2}",
            "{\"comm\":\"sh\",\"event\":\"raw_syscalls:sys_exit\",\"entry\":\"syscall\",\"nr\":59,"
                + "\"ret\":0,\"rip\":\"0x1000\",\"rcx\":\"0x0\",\"r11\":\"0x0\",\"rflags\":\"0x202\","
                + "\"cs\":\"0x33\",\"ss\":\"0x2b\",\"stage\":\"early\",\"count\":1}");
  }

  private static String compat(String count) {
    return "{\"comm\":\"x\",\"event\":\"raw_syscalls:sys_exit\",\"entry\":\"compat\",\"nr\":1,"
        + "\"rip\":\"0x1000\",\"rcx\":\"0x1000\",\"r11\":\"0x202\",\"rflags\":\"0x202\","
        + "\"cs\":\"0x23\",\"ss\":\"0x2b\",\"stage\":\"early\",\"count\":"
        + count
        + "}";
  }

  @ParameterizedTest
  @CsvSource({"1 0 0 0,16384", "0 1 0 0,16368", "0 0 0 1,32752"})
  void areReadWhereUserSpacesSelectorsAre(String printed, int top) {
    assertThat(KernelStack.in(printed + "\n")).contains(new KernelStack(top));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 0 0", "1 1 0 0", "", "ERROR"})
  void areNotReadWhereThatIsNotCertain(String printed) {
    assertThat(KernelStack.in(printed)).isEmpty();
  }
}
