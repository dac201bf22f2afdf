package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.TraceException;

class ProfileTest {

  private static final String REMEDY =
      "; give a profile that \"sysret-replay generate --learn\" wrote, or learn it again.";

  /** The document as FORMATS.md shows it. */
  private static final String GOOD =
      """
      {
        "schema" : "sysret-replay/profile/1",
        "workloads" : [
          {
            "name" : "http",
            "frames" : 3,
            "threads_at_once" : 1,
            "switches" : 0,
            "migrations" : 1,
            "threads_per_process" : [
              [ 1, 1 ]
            ],
            "cpus" : [
              [ 0, 2 ],
              [ 5, 1 ]
            ],
            "gaps_ns" : [
              [ 17, 1 ],
              [ 4096, 1 ]
            ],
            "templates" : [
              { "entry" : "syscall", "path" : "syscall_no_work", "stage" : "final", "event" : "raw_syscalls:sys_exit", "comm" : "nginx", "nr" : 39, "ret" : 7, "rip" : "0x7f8000000456", "rcx" : "0x7f8000000456", "r11" : "0x246", "rflags" : "0x246", "cs" : "0x33", "ss" : "0x2b", "rsp" : "0x7ffd80000fe8", "rax" : "0x7" },
              { "entry" : "syscall", "path" : "syscall_exit_work", "stage" : "amended", "cause" : "signal_delivery", "nr" : -1, "rip" : "0x401000", "rcx" : "0x7f8000000456", "r11" : "0x246", "rflags" : "0x246", "cs" : "0x33", "ss" : "0x2b", "rax" : "0x0", "recorded" : { "entry" : "syscall", "path" : "syscall_no_work", "rip" : "0x7f8000000456", "rcx" : "0x7f8000000456", "r11" : "0x246", "rflags" : "0x246", "cs" : "0x33", "ss" : "0x2b", "rsp" : "0x7ffd80000fe8", "rax" : "0x7" }, "absent" : [ "cpu", "pid" ] }
            ],
            "first_of_process" : [
              [ 0, 1 ]
            ],
            "first_of_thread" : [ ],
            "steps" : [
              [ 0, 0, 1 ],
              [ 0, 1, 1 ],
              [ 1, -1, 1 ]
            ]
          }
        ]
      }
      """;

  @TempDir private Path folder;

  static List<Path> samples() {
    return Traces.workloads();
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(Profile.parse("p.json", GOOD).json()).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aLearntProfileIsReadAsItWasWritten(Path sample) throws IOException {
    Profile learnt = new Profile(List.of(Learnt.from(sample)));
    Path file = Files.writeString(folder.resolve("p.json"), learnt.json());

    assertThat(Profile.read(file)).isEqualTo(learnt);
  }

  /** One change to the good document, and the message about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "profile/1|profile/2|its schema is sysret-replay/profile/2 and not sysret-replay/profile/1",
        "\"schema\"|\"shema\"|schema is missing",
        "\"name\" : \"http\",||workloads[0].name is missing",
        "\"name\" : \"http\"|\"name\" : \"\"|workloads[0].name is empty",
        "\"name\" : \"http\"|\"name\" : null|workloads[0].name is not a string (null)",
        "\"name\" : \"http\"|\"name\" : \"\\ud800\"|workloads[0].name holds half of a character",
        "\"frames\" : 3|\"frames\" : 0|workloads[0].frames is not an integer from 1 to 281474976710656 (0)",
        "\"frames\" : 3|\"frames\" : 1e3|workloads[0].frames is not a 64-bit integer (1E+3)",
        "\"switches\" : 0|\"switches\" : -1|workloads[0].switches is not an integer from 0 to 281474976710656 (-1)",
        "\"threads_at_once\" : 1|\"threads_at_once\" : 0|workloads[0].threads_at_once is not an integer from 1 to 65536 (0)",
        "[ 0, 2 ]|[ 0, -2 ]|workloads[0].cpus[0][1] is not an integer from 1 to 281474976710656 (-2)",
        "[ 0, 2 ]|[ 0 ]|workloads[0].cpus[0] is not a list of 2 numbers",
        "[ 17, 1 ]|[ -1, 1 ]|workloads[0].gaps_ns[0][0] is not an integer from 0 to 17592186044416 (-1)",
        "[ 0, 0, 1 ]|[ 0, 2, 1 ]|workloads[0].steps[0][1] is not an integer from -1 to 1 (2)",
        "[ 0, 0, 1 ]|[ -1, 0, 1 ]|workloads[0].steps[0][0] is not an integer from 0 to 1 (-1)",
        "[ 1, -1, 1 ]|[ 0, -1, 1 ]|workloads[0].steps has none from template 1",
        "[ 1, 1 ]|[ 2, 1 ]|workloads[0].first_of_thread is empty",
        "\"rip\" : \"0x401000\", ||workloads[0].templates[1].rip is missing",
        "\"0x401000\"|\"401000\"|workloads[0].templates[1].rip is not a register such as \"0x246\" (401000)",
        "\"entry\" : \"syscall\"|\"entry\" : \"call\"|workloads[0].templates[0].entry is not an entry kind (call)",
        "\"stage\" : \"final\"|\"stage\" : \"amended\"|workloads[0].templates[0].recorded is missing, and the frame is amended",
        "\"cpu\", \"pid\"|\"cpus\"|workloads[0].templates[1].absent[0] is not one of ts_ns, cpu, pid, tid (cpus)",
        "\"recorded\" : {|\"recorded\" : 5, \"x\" : {|workloads[0].templates[1].recorded is not an object (5)",
      })
  void aWrongValueIsRefusedInOneSentence(String good, String bad, String wrong) {
    assertThat(GOOD).contains(good);
    String json = GOOD.replace(good, bad == null ? "" : bad);

    assertThatThrownBy(() -> Profile.parse("p.json", json))
        .isInstanceOf(TraceException.class)
        .hasMessage("p.json: " + wrong + REMEDY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the file is empty",
        "PERFILE2|it is not JSON, line 1",
        "{\"schema\":|it is not JSON, line 1",
        "{\"schema\":\"a\",\"schema\":\"b\"}|it is not JSON, line 1",
        "{} {}|it holds more than one JSON value",
        "[]|it is not an object",
        "7|it is not an object (7)",
        "{\"schema\":\"sysret-replay/profile/1\",\"workloads\":[]}|workloads is empty",
      })
  void aFileThatIsNoProfileAtAllIsRefusedInOneSentence(String text, String wrong) {
    assertThatThrownBy(() -> Profile.parse("p.json", text))
        .isInstanceOf(TraceException.class)
        .hasMessage("p.json: " + wrong + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "1"})
  void tooDeepOrTooLongValuesAreRefusedInOneSentence(String again) {
    String text = again.repeat(2_000);

    assertThatThrownBy(() -> Profile.parse("p.json", text))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "p.json: it nests deeper or has a longer number or text than any profile" + REMEDY);
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    Path file = folder.resolve("none.json");

    assertThatThrownBy(() -> Profile.read(file))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ": there is no such file; check the name.");
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws IOException {
    Path file = Files.write(folder.resolve("p.json"), new byte[] {'{', (byte) 0xff});

    assertThatThrownBy(() -> Profile.read(file))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ": it cannot be read as text (Input length = 1)" + REMEDY);
  }

  /** Changing any one character gives a message or a profile that works. */
  @Property
  void damageIsSaidOrDoesNoHarm(
      @ForAll @IntRange(max = 2_000) int at, @ForAll @CharRange(from = ' ', to = '~') char to) {
    StringBuilder json = new StringBuilder(GOOD);
    json.setCharAt(at % GOOD.length(), to);
    Profile damaged;
    try {
      damaged = Profile.parse("p.json", json.toString());
    } catch (TraceException e) {
      assertThat(e).hasMessageStartingWith("p.json: ").hasMessageEndingWith(".");
      return;
    }
    for (GeneratedTrace trace : new Generation(damaged, "p.json", 1, 100).traces()) {
      assertThat(trace.open()).toIterable().hasSize(100);
    }
  }

  @Test
  void aWorkloadThatIsThereTwiceIsAnError() {
    String twice =
        new Profile(
                List.of(
                    Profile.parse("p", GOOD).workloads().get(0),
                    Profile.parse("p", GOOD).workloads().get(0)))
            .json();

    assertThatThrownBy(() -> Profile.parse("p.json", twice))
        .hasMessage("p.json: the workload http is there twice" + REMEDY);
  }
}
