package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Reports as Markdown. */
class MarkdownTest {

  private static final Pattern UNESCAPED_PIPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");

  @TempDir private Path folder;

  private static String report(Object... args) {
    Result result =
        CliRunner.run(
            Stream.concat(Stream.of("report", "--format", "markdown", "--quiet"), Stream.of(args))
                .toArray());
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  /** A row that has calls of both has the number, which is all that they have in common. */
  @Test
  void callsOf32BitCodeHaveTheirNumbers() throws IOException {
    String named = JsonLines.HIT.replace("\"nr\":39", "\"nr\":20");
    String code32 = named.replace("\"entry\":\"syscall\"", "\"entry\":\"compat\"");
    Path both = JsonLines.write(folder, "both.jsonl", named, code32, JsonLines.HIT);
    assertThat(report(both, "--by", "syscall"))
        .contains("\n| 20      |     2 |", "\n| getpid  |     1 |");
    assertThat(CliRunner.run("report", both, "--by", "syscall").out())
        .contains("\n 20           2 ", "\n getpid       1 ");
    Path one = JsonLines.write(folder, "one.jsonl", named);
    assertThat(report(one, "--by", "syscall")).contains("\n| writev  |     1 |");
  }

  @Test
  void saysItAndShowsAllWorkloadsAndEachByItself() throws IOException {
    JsonLines.write(folder, "a.jsonl", JsonLines.HIT, JsonLines.FAULT);
    JsonLines.write(folder, "b.jsonl", JsonLines.HIT);
    assertThat(report(folder))
        .isEqualTo(
            """
            **Under seed, 66.7 % of 3 exits return by SYSRET; the one miss fails RCX_NOT_RIP first, and its cause is FAULT.**

            Input: 3 records seen = 3 exits + 0 rejected + 0 ignored (events that are no
            return to user space); 0 lost.
            Registers: of 3 exits, 3 were returned to as recorded, 0 amended by what the
            thread did next (a signal, a restart, ...), 0 early: nothing in the trace says
            what came after the event.

            | workload | exits | SYSRET | IRET_MISS | hit rate | SYSRET share |         main reason |    main cause |
            | -------- | ----: | -----: | --------: | -------: | -----------: | ------------------: | ------------: |
            | a        |     2 |      1 |         1 |   50.0 % |       50.0 % | RCX_NOT_RIP 100.0 % | FAULT 100.0 % |
            | b        |     1 |      1 |         0 |  100.0 % |      100.0 % |                     |               |
            | all      |     3 |      2 |         1 |   66.7 % |       66.7 % | RCX_NOT_RIP 100.0 % | FAULT 100.0 % |

            ### a

            | entry     | exits | SYSRET | IRET_MISS | hit rate | SYSRET share |         main reason |    main cause |
            | --------- | ----: | -----: | --------: | -------: | -----------: | ------------------: | ------------: |
            | exception |     1 |      0 |         1 |    0.0 % |        0.0 % | RCX_NOT_RIP 100.0 % | FAULT 100.0 % |
            | syscall   |     1 |      1 |         0 |  100.0 % |      100.0 % |                     |               |

            ### b

            | entry   | exits | SYSRET | IRET_MISS | hit rate | SYSRET share | main reason | main cause |
            | ------- | ----: | -----: | --------: | -------: | -----------: | ----------: | ---------: |
            | syscall |     1 |      1 |         0 |  100.0 % |      100.0 % |             |            |
            """);
  }

  @Test
  void ranksAndSumsUpAsTextDoes() {
    assertThat(report(SampleTraces.ROOT, "--sort", "misses", "--top", "1", "--model", "seed,fred"))
        .contains(
            "| compiler     | seed  |  3,060 |",
            "| 16 not shown | fred  | 28,715 |",
            "| all          | seed  | 31,775 | 15,612 |",
            "\n### compiler under fred\n")
        .doesNotContain("cpu-bound");
  }

  /** A name can end no cell and no line, and is no markup, link or quotation. */
  @Test
  void namesStayData() throws IOException {
    String comm = "a|b`c`<img src=x>\\|[l](u)*b*_i_ http://x ![i](u)&lt;";
    Path trace =
        JsonLines.write(
            folder,
            "w|<b>`.jsonl",
            JsonLines.FAULT.replace(
                "\"comm\":\"x\"", "\"comm\":\"" + comm.replace("\\", "\\\\") + "\\n# h\""));
    String text = report(trace, "--by", "comm");
    assertThat(text)
        .contains("\n### w\\|\\<b\\>\\`\n")
        .contains(
            "| a\\|b\\`c\\`\\<img src=x\\>\\\\\\|\\[l\\](u)\\*b\\*\\_i\\_ http\\://x \\!\\[i\\](u)\\&lt;\ufffd\\# h | ");
    List<String> tableLines = text.lines().filter(it -> it.startsWith("|")).toList();
    assertThat(tableLines)
        .hasSize(6)
        .allSatisfy(
            line -> assertThat(UNESCAPED_PIPE.matcher(line).results().count()).isEqualTo(9));
  }

  @Test
  void everyTableHasAsManyCellsInEveryLine() {
    String text = report(SampleTraces.ROOT, "--by", "entry,syscall,window=100ms", "--model", "all");
    assertThat(text.split("\n\n"))
        .filteredOn(it -> it.startsWith("|"))
        .hasSizeGreaterThan(100)
        .allSatisfy(table -> assertThat(table.lines().map(String::length).distinct()).hasSize(1));
  }
}
