package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Names with control characters for the terminal, at each place of a command line and a recording.
 */
class HostileNamesTest {

  /**
   * ESC, BEL, C1, DEL, both kinds of directions, zero width, separators, a tag, a carriage return.
   */
  private static final String HOSTILE =
      "a\u001b]0;t\u0007\u001b[31m\u009b32m\u007f\u202e\u2066\u200f\u200b\ufeff\u2028\r\n\udb40\udc41\u115fz";

  /** The same with half of a surrogate pair, which JSON alone can say. */
  private static final String IN_JSON =
      new ObjectMapper().valueToTree(HOSTILE).toString().replaceFirst("z\"$", "\\\\ud800z\"");

  private static final String LINE =
      """
      {"comm":%s,"event":%s,"entry":"exception","ts_ns":1,"tid":8,"rip":"0x401000","rcx":"0x7",\
      "r11":"0x0","rflags":"0x10246","cs":"0x33","ss":"0x2b"}"""
          .formatted(IN_JSON, IN_JSON);

  private static final Terminal SHOWN = new Terminal(true, false, true);

  @TempDir Path folder;

  private Path trace() throws IOException {
    return JsonLines.write(
        folder,
        HOSTILE + ".jsonl",
        LINE,
        HOSTILE.replace("\n", ""),
        "{\"rip\":\"" + HOSTILE.replace("\n", "") + "\"}");
  }

  /** Command lines that read, and command lines whose errors show an argument. */
  private Stream<List<Object>> commandLines(Path trace, Path store) {
    Path out = folder.resolve("v" + HOSTILE);
    Path profile = folder.resolve("p" + HOSTILE);
    return Stream.of(
        List.of("ingest", trace, "--into", store),
        List.of("ingest", trace, "--into", store, "--workload", HOSTILE, "--progress"),
        List.of("ingest", store, "--into", store),
        List.of("report", trace, "--by", "comm,event,entry"),
        List.of("report", store, "--by", "comm,event", "--progress"),
        List.of("report", store, "--by", "comm,event", "--format", "json"),
        List.of("report", store, "--by", "comm,event", "--format", "csv"),
        List.of("report", store, "--by", "comm,event", "--format", "markdown"),
        List.of("report", store, "--sort", HOSTILE),
        List.of("report", store, "--top", HOSTILE),
        List.of("report", store, "--by", "window=" + HOSTILE),
        List.of("report", trace, "--model", "auto"),
        List.of("report", trace, trace, "--workload", HOSTILE),
        List.of("report", folder),
        List.of("frames", trace),
        List.of("frames", store, "--format", "jsonl"),
        List.of("frames", store, "--format", "csv"),
        List.of("frames", store, "--model", "auto"),
        List.of("frames", store, "--comm", HOSTILE, "--of-workload", HOSTILE),
        List.of("frames", store, "--cause", HOSTILE),
        List.of("frames", store, "--pid", HOSTILE),
        List.of("frames", store, "--limit", HOSTILE),
        List.of("frames", store, "--format", "parquet", "-o", out + "f"),
        List.of("compare", trace, "@6.12"),
        List.of("compare", trace + "@6.12", store + "@seed", "--fail-below", "1"),
        List.of("compare", store, "@6.12", "--format", "json"),
        List.of("compare", store, "@6.12", "--format", "csv"),
        List.of("compare", store, "@6.12", "--format", "markdown"),
        List.of("compare", store, "@6.12", "--format", "html"),
        List.of("compare", store, store, "--against", trace),
        List.of("compare", trace, "--against", store, "--fail-below", "1", "--only-beyond-noise"),
        List.of("compare", store, HOSTILE),
        List.of("explain", trace, "0"),
        List.of("explain", trace, HOSTILE),
        List.of("explain", trace),
        List.of("explain", "--rip", HOSTILE, "--rcx", "1", "--r11", "1", "--rflags", "1"),
        List.of("replay", store, "--format", "jsonl", "-o", "-"),
        List.of("replay", store, "-o", out),
        List.of("replay", store, "-o", folder.resolve(HOSTILE).resolve(HOSTILE)),
        List.of("replay", trace, "--format", "jsonl", "-o", trace),
        List.of("generate", "--learn", trace, "--profile", profile),
        List.of("generate", "--profile", profile, "--frames", "10", "-o", out + "s", "--progress"),
        List.of("generate", "--profile", trace, "--frames", "10", "-o", store),
        List.of("generate", "--profile", profile, "--frames", HOSTILE, "-o", store),
        List.of("generate", "--profile", profile, "--seed", HOSTILE),
        List.of("verify", store),
        List.of("verify", HOSTILE),
        List.of("notebook", HOSTILE),
        List.of("notebook", "jupyter", HOSTILE),
        List.of("models", HOSTILE),
        List.of("record", "--", HOSTILE),
        List.of("record", "-m", HOSTILE, "--", "true"),
        List.of("record", "--workload", HOSTILE + "/", "--", "true"),
        List.of("report", HOSTILE),
        List.of("report", store, HOSTILE + "x"),
        List.of("report", store, "--by", HOSTILE),
        List.of("report", store, "--model", HOSTILE),
        List.of("report", store, "--format", HOSTILE),
        List.of("report", store, "--iret-ns", HOSTILE),
        List.of("report", store, "--input-format", HOSTILE),
        List.of("report", store, "--" + HOSTILE),
        List.of("report", store, "--conf", HOSTILE + "=" + HOSTILE),
        List.of("report", store, "--conf", HOSTILE),
        List.of("report", store, "--master", HOSTILE),
        List.of("report", store, "--quiet=" + HOSTILE),
        List.of("report", store, "-o", folder.resolve(HOSTILE).resolve(HOSTILE)),
        List.of("report", store, "-o", folder),
        List.of(HOSTILE),
        List.of("--" + HOSTILE),
        List.of("help", HOSTILE),
        List.of("version", HOSTILE));
  }

  @Test
  void noCommandLetsOneThroughToTheTerminal() throws IOException {
    Path trace = trace();
    Path store = folder.resolve("s" + HOSTILE);
    Set<String> commands = new TreeSet<>();
    for (List<Object> line : commandLines(trace, store).toList()) {
      Result result = CliRunner.run(SHOWN, line.toArray());
      commands.add(line.get(0).toString());
      assertThat(result.exit()).as("%s%n%s", line, result.err()).isNotEqualTo(1);
      assertHarmless(line.toString(), result.out());
      assertHarmless(line.toString(), result.err());
    }
    assertThat(commands).containsAll(commandNames());
  }

  private static List<String> commandNames() {
    List<String> names = new ArrayList<>();
    CliRunner.run("--help")
        .out()
        .lines()
        .dropWhile(it -> !it.equals("Commands:"))
        .skip(1)
        .takeWhile(it -> !it.isEmpty())
        .filter(it -> it.matches("  \\w.*"))
        .forEach(it -> names.add(it.strip().split("[, ]")[0]));
    assertThat(names).hasSizeGreaterThan(8);
    return names;
  }

  private static void assertHarmless(String line, String text) {
    assertThat(
            text.codePoints()
                .filter(it -> it != '\n' && !Printable.isHarmless(it))
                .mapToObj(Integer::toHexString))
        .as("%s%n%s", line, text)
        .isEmpty();
  }

  @Test
  void jsonAndParquetHaveThemExactly() throws IOException {
    Path trace = trace();
    Path store = folder.resolve("store");
    String known = HOSTILE.replaceFirst("z$", "\ufffdz");
    CliRunner.run("ingest", trace, "--into", store, "--workload", HOSTILE);
    for (Path source : List.of(trace, store)) {
      Result result =
          CliRunner.run(
              "report", source, "--workload", HOSTILE, "--by", "comm,event", "--format", "json");
      JsonNode row = new ObjectMapper().readTree(result.out()).get("rows").get(0);
      assertThat(row.get("workload").textValue()).isEqualTo(HOSTILE);
      assertThat(row.get("comm").textValue()).isEqualTo(known);
      assertThat(row.get("event").textValue()).isEqualTo(known);
      assertHarmless("json", result.out());
    }
  }

  @Test
  void csvInAFileOrPipeHasThemExactlyToo() throws IOException {
    Path trace = trace();
    Path file = folder.resolve("a.csv");
    Result piped =
        CliRunner.run("report", trace, "--workload", HOSTILE, "--by", "comm", "--format", "csv");
    CliRunner.run(
        "report", trace, "--workload", HOSTILE, "--by", "comm", "--format", "csv", "-o", file);
    assertThat(piped.out()).contains(HOSTILE).isEqualTo(Files.readString(file));
  }

  /** Messages of libraries and of the JVM pass through here as well, cut into pieces anywhere. */
  @Test
  void bytesAreTextWhereverTheyAreCut() {
    byte[] bytes = ("é\u001b[2J" + HOSTILE + "€").getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      StringWriter text = new StringWriter();
      PrintStream stream =
          new PrintStream(
              new PrintableStream(new PrintWriter(new PrintableWriter(text))),
              true,
              StandardCharsets.UTF_8);
      stream.write(bytes, 0, cut);
      stream.write(bytes, cut, bytes.length - cut);
      stream.flush();
      assertThat(text.toString()).startsWith("é\ufffd[2J").endsWith("z€");
      assertHarmless("cut at " + cut, text.toString());
    }
  }

  @Test
  void aCommandToCopyNamesTheFileExactlyAndHarmlessly() {
    String word = ShellWord.of(HOSTILE + "'\\1");
    assertHarmless("word", word);
    assertThat(word).startsWith("$'a\\033]0;t\\007").doesNotContain("\n").endsWith("z\\'\\\\1'");
  }
}
