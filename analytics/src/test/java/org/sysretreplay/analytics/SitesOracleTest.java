package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Records a shell that starts programs, with call stacks. The sites of the misses must be the first
 * user addresses that perf itself resolves. Skipped where there is no perf, or where it may not
 * record.
 */
class SitesOracleTest {

  private static final String COMMAND =
      "for i in 1 2 3; do ls / >/dev/null; (true); cat /dev/null; done";

  private static final SiteQuestion QUESTION =
      new SiteQuestion(
          new Question.Models(List.of("seed"), Map.of()),
          Machines.of(Machine.TRACED),
          Reading.AS_RECORDED);

  /** A line of a stack: the place in the file, the symbol, and the file. */
  private static final Pattern FRAME = Pattern.compile("^\\s+([0-9a-f]+) .*\\((.+)\\)$");

  @TempDir Path folder;

  @Test
  void sitesAreTheFilesAndPlacesThatPerfPrints() throws IOException, InterruptedException {
    Path recording = record();
    TraceInput input = SampleTraces.input(recording);
    Map<Site, Long> expected = expected(input, printed(recording));
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(counts(TraceReplay.answer(QUESTION, input).table())).isEqualTo(expected);

    String store = folder.resolve("store").toString();
    TraceStore target = TraceStore.at(store);
    target.prepare();
    target.ingest(input);
    try (Engine engine = Engine.local(Progress.NONE)) {
      MissSites stored =
          engine.answer("t", QUESTION, new Inputs(List.of(), List.of(store))).table();
      assertThat(counts(stored)).isEqualTo(expected);
    }
  }

  private static Map<Site, Long> counts(MissSites sites) {
    List<MissSites.OfWorkload> all = sites.top(Integer.MAX_VALUE);
    assertThat(all).singleElement().matches(MissSites.OfWorkload::isExact);
    Map<Site, Long> counts = new HashMap<>();
    all.get(0).top().forEach(it -> counts.put(it.site(), it.misses()));
    return counts;
  }

  /**
   * The sites that perf prints, of the samples whose frames miss; samples and frames pair one to
   * one.
   */
  private static Map<Site, Long> expected(TraceInput input, List<Site> printed) {
    Judge judge = QUESTION.models().judges(QUESTION.machines(), input.traceId()).get(0);
    Map<Site, Long> sites = new HashMap<>();
    int sample = 0;
    try (CountingReader reader = input.open(Reading.AS_RECORDED)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          if (judge.verdict(frame).outcome() == Outcome.IRET_MISS) {
            sites.merge(printed.get(sample), 1L, Long::sum);
          }
        }
        sample++;
      }
    }
    assertThat(printed).hasSize(sample);
    return sites;
  }

  private Path record() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "perf"))),
        "perf is not installed");
    Path file = folder.resolve("perf.data");
    int exit =
        run(
            List.of(
                "perf",
                "record",
                "-q",
                "-g",
                "-c",
                "1",
                "-e",
                "raw_syscalls:sys_exit",
                "-e",
                "exceptions:page_fault_user",
                "--user-regs=" + RejectReason.REGISTERS,
                "-o",
                file.toString(),
                "--",
                "sh",
                "-c",
                COMMAND),
            folder.resolve("record.out"));
    assumeTrue(exit == 0, "perf may not record here");
    return file;
  }

  /** The first address of each sample's user stack, as perf script prints it. */
  private List<Site> printed(Path recording) throws IOException, InterruptedException {
    Path out = folder.resolve("printed");
    int exit =
        run(
            List.of(
                "perf",
                "script",
                "--no-inline",
                "-F",
                "pid,time,event,ip,sym,dso",
                "-i",
                recording.toString()),
            out);
    assertThat(exit).isZero();
    List<Site> sites = new ArrayList<>();
    boolean open = false;
    for (String line : Files.readAllLines(out)) {
      Matcher frame = FRAME.matcher(line);
      if (!line.isBlank() && !frame.matches()) {
        open = true;
      } else if (open && frame.matches() && !frame.group(2).startsWith("[kernel")) {
        sites.add(site(Long.parseUnsignedLong(frame.group(1), 16), frame.group(2)));
        open = false;
      }
    }
    return sites;
  }

  private static Site site(long place, String file) {
    return file.startsWith("[") ? new Site.OfKernel(file, place) : new Site.InFile(file, place);
  }

  private int run(List<String> command, Path out) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", folder.toString());
    builder.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return process.exitValue();
  }
}
