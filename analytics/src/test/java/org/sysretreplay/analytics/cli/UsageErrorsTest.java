package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The error about a wrong command line names the wrong word and what may be meant. */
class UsageErrorsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          report --bye entry x        | --bye: there is no such option; perhaps --by.
          report x --formt json       | --formt: there is no such option; perhaps --format.
          report --formt=json         | --formt: there is no such option; perhaps --format.
          report x -by entry          | -by: there is no such option; perhaps --by.
          report x --weather          | --weather: there is no such option.
          report -x.data              | -x.data: there is no such option.
          report --quiet--progress x  | --quiet--progress: there is no such option; perhaps these are two words: --quiet --progress.
          report --formatjson x       | --formatjson: there is no such option; perhaps these are two words: --format json.
          report --model --by entry x | --model: its value is missing; write --model ID.
          report x -o                 | -o: its value is missing; write -o FILE.
          report x -o a --output b    | --output is there twice; give it once.
          report x --quiet=yes        | --quiet=yes: this option takes no value.
          report x --max-ratio=many   | --max-ratio many: this is no number; give one.
          explain --nr -1 --rpi 2     | --rpi: there is no such option; perhaps --rip.
          ingest x                    | Missing required option: '--into=STORE'.
          report                      | Missing required parameter: 'SOURCE'.
          models a b                  | b: this is one argument too many; models takes ID.
          version 1                   | 1: version takes options only.
          """)
  void blamesTheWordThatIsWrong(String line, String complaint) {
    String command = line.split(" ")[0];
    assertComplains(line, complaint + " Try: sysret-replay " + command + " --help");
  }

  @Test
  void sendsOptionsBehindTheCommand() {
    assertComplains(
        "--quiet report x",
        "--quiet: options stand behind the command, as in: sysret-replay report --quiet. Try:"
            + " sysret-replay --help");
    assertComplains("--weather", "--weather: there is no such option. Try: sysret-replay --help");
  }

  @ParameterizedTest
  @CsvSource({
    "report x --format jsn, format jsn: there is no such format; perhaps json",
    "compare x @seed --format cvs, format cvs: there is no such format; perhaps csv",
    "replay x -o y --format jsonnl, format jsonnl: there is no such format; perhaps jsonl",
    "frames x --format parqet, format parqet: there is no such format; perhaps parquet",
    "ingest x --into y --format perfdata, format perfdata: there is no such format; perhaps perf-data",
    "report x --by cuase, by cuase: there is no such column; perhaps cause",
    "report x --by windo=1ms, by windo=1ms: there is no such column; perhaps window=1ms",
    "report x --by windo=x, by windo=x: there is no such column; perhaps window=100ms",
    "report x --by windo, by windo: there is no such column; perhaps window=100ms",
    "report x --by sycall=1, by sycall=1: there is no such column; perhaps syscall",
    "frames x --cause singal_delivery, cause singal_delivery: there is no such cause; perhaps signal_delivery",
    "report x --model seed+exec-hit, model seed+exec-hit: there is no such policy; perhaps exec-hits",
    "explain --rip 1 --rcx 1 --r11 1 --rflags 1 --entry sycall, entry sycall: there is no such entry; perhaps syscall"
  })
  void offersTheValueThatIsWrittenAlmostSo(String line, String complaint) {
    Result result = run(line);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("sysret-replay: --" + complaint + "; choose from ");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          report –by entry | –by: there is no such file; an option begins with two hyphens: --by.
          report —quiet x  | —quiet: there is no such file; an option begins with two hyphens: --quiet.
          report −by=comm  | −by=comm: there is no such file; an option begins with two hyphens: --by=comm.
          report x -- --by | --by: there is no such file, and no option stands behind --; write it before.
          """)
  void knowsAnOptionThatStandsWhereASourceDoes(String line, String complaint) {
    assertComplains(line, complaint);
  }

  @Test
  void readsAFileWhoseNameBeginsWithADash() throws IOException {
    Path file = JsonLines.write(folder, "-x.data", JsonLines.HIT);
    // A user types this name inside the folder; this process cannot change into it, so it copies
    // the file here.
    Path here = Path.of("").toAbsolutePath().resolve("-x.data");
    Files.copy(file, here);
    try {
      Result amiss = run("report -x.data");
      assertThat(amiss.errLines())
          .containsExactly(
              "sysret-replay: -x.data: there is no such option; a file of that name stands behind all"
                  + " options and --. Try: sysret-replay report --help");
      Result right = run("report --format json -- -x.data");
      assertThat(right.err()).isEmpty();
      assertThat(right.exit()).isEqualTo(ExitCode.OK);
      assertThat(right.out()).contains("\"accepted\" : 1,");
    } finally {
      Files.delete(here);
    }
  }

  private static void assertComplains(String line, String complaint) {
    Result result = run(line);
    assertThat(result.errLines()).containsExactly("sysret-replay: " + complaint);
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
  }

  private static Result run(String line) {
    return CliRunner.run((Object[]) line.split(" "));
  }

  @Test
  void blanksInAListOfNamesAreOfNoName() throws IOException {
    Path file = JsonLines.write(folder, "x.jsonl", JsonLines.HIT, JsonLines.FAULT);
    for (String[] same :
        List.of(
            new String[] {"report", "--format", "csv", "--by", " entry , syscall"},
            new String[] {"report", "--format", "csv", "--model", "seed, linux-6.9"},
            new String[] {"report", "--format", "csv", "--model", " all "},
            new String[] {"frames", "--entry", "syscall, exception", "--syscall", "getpid, 39 "},
            new String[] {"replay", "--format", "jsonl", "-o", "-", "--columns", "cause, comm"})) {
      Result written = runWith(file, same);
      String last = same[same.length - 1];
      same[same.length - 1] = last.replace(" ", "");
      Result joined = runWith(file, same);
      assertThat(written.err()).as(last).isEqualTo(joined.err());
      assertThat(written.exit()).as(last).isEqualTo(joined.exit()).isNotEqualTo(ExitCode.USAGE);
      assertThat(written.out()).as(last).isEqualTo(joined.out());
    }
  }

  private static Result runWith(Path file, String... line) {
    return CliRunner.run(Stream.concat(Stream.of(line), Stream.of(file)).toArray());
  }
}
