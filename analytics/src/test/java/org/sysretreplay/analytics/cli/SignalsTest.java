package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceStore;

/**
 * Every command is told to stop at many moments. It prints nothing, ends with the signal's exit
 * code, and leaves only files that the next writer of a store deletes.
 */
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

  /** What a JVM says that gets a signal before it can run a program; it then ends with 1. */
  private static final String JVM_BEGINS = "Error occurred during initialization of VM";

  private static final int MOMENTS = Trust.isLong() ? 40 : 3;

  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 129, "INT", 130, "TERM", 143);

  private static final String FRAME =
      "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  @TempDir private Path folder;
  private Path store;
  private Path output;
  private final Map<String, List<Object>> commands = new LinkedHashMap<>();
  private final Map<List<Object>, Long> times = new HashMap<>();
  private int stopped;
  private int begun;
  private int ended;

  @BeforeEach
  void makeInputs() throws IOException {
    store = folder.resolve("store");
    output = Files.createDirectory(folder.resolve("output"));
    Path trace = folder.resolve("a.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(FRAME.formatted(i));
    }
    Files.writeString(trace, lines);
    Path packed = folder.resolve("shell.perf.data.gz");
    try (GZIPOutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(SAMPLES.resolve("shell/perf.data"), to);
    }
    Path profile = folder.resolve("profile.json");
    run("ingest", trace, packed, "--quiet", "--into", store);
    run("generate", "--learn", packed, "--profile", profile);
    commands.put("report", List.of("report", packed, store, "--quiet"));
    commands.put("report -o", List.of("report", packed, "--quiet", "-o", output.resolve("r.txt")));
    commands.put("compare", List.of("compare", store + "@seed", "@linux-6.9", "--quiet"));
    commands.put("verify", List.of("verify", store));
    commands.put("ingest", List.of("ingest", trace, packed, "--quiet", "--into", store));
    commands.put(
        "generate",
        List.of("generate", "--profile", profile, "--frames", "1e5", "--quiet", "-o", store));
    commands.put("frames", List.of("frames", trace, packed, store, "--quiet"));
    commands.put(
        "frames to rows",
        List.of("frames", store, "--quiet", "--format", "parquet", "-o", output.resolve("f")));
    commands.put("replay", List.of("replay", trace, packed, "--quiet", "-o", output.resolve("v")));
    commands.put(
        "replay to lines",
        List.of("replay", store, "--quiet", "--format", "jsonl", "-o", output.resolve("v.jsonl")));
    commands.put(
        "replay to standard output",
        List.of("replay", packed, "--quiet", "--format", "jsonl", "-o", "-"));
  }

  private static void run(Object... arguments) {
    assertThat(CliRunner.run(arguments).exit()).isZero();
  }

  /** Whether a signal is ignored here, and so in what is started from here (proc(5)). */
  static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(it -> it.startsWith("SigIgn:"))
            .anyMatch(
                it ->
                    (Long.parseUnsignedLong(it.substring(7).strip(), 16)
                            & 1L << (SIGNALS.get(signal) - 128 - 1))
                        != 0);
  }

  @Test
  void everyCommandEndsInSilenceAndLeavesNothing() throws Exception {
    int signals = 0;
    for (String signal : SIGNALS.keySet()) {
      if (isIgnored(signal)) {
        System.out.println(signal + " is ignored here, and is not tried");
        continue;
      }
      for (List<Object> command : commands.values()) {
        // Leftovers of earlier writers are removed before this one is measured.
        run("verify", store, "--repair");
        long whole = wholeTime(command);
        // HUP is handled as the others are: that it is handled at all is tried at one moment.
        int moments = signal.equals("HUP") && !Trust.isLong() ? 1 : MOMENTS;
        for (int moment = 0; moment < moments; moment++) {
          stop(command, whole * (2 * moment + 1) / (2 * moments), signal);
          signals++;
        }
      }
    }
    Trust.observed(
        "%d commands told to stop at %d moments: %d ended by the signal, %d had ended, of %d the JVM"
            + " had not begun; nothing was said, and nothing left",
        commands.size(), signals, stopped, ended, begun);
    assertThat(stopped).isPositive();
  }

  /** How long the command takes if nobody stops it, measured once. */
  private long wholeTime(List<Object> command) throws Exception {
    if (!times.containsKey(command)) {
      times.put(command, MainProcess.start(folder, command.toArray()).time());
    }
    return times.get(command);
  }

  private void stop(List<Object> command, long nanos, String signal) throws Exception {
    MainProcess process = MainProcess.start(folder, command.toArray());
    process.runFor(nanos);
    process.send(signal);
    Result result = process.await();
    String name = "%s after %,d ms of %s".formatted(signal, nanos / 1_000_000, command);
    if (result.out().startsWith(JVM_BEGINS)) {
      begun++;
      return;
    }
    assertThat(result.exit()).as(name).isIn(0, SIGNALS.get(signal));
    if (result.exit() == 0) {
      ended++;
    } else {
      stopped++;
      assertThat(result.err()).as(name).isEmpty();
    }
    assertThat(process.temporaryFiles()).as(name).isEmpty();
    assertThat(Folders.content(output)).as(name).noneMatch(it -> it.startsWith("."));
    assertThat(StoreVerifier.verify(TraceStore.at(store.toString()), Map.of()).findings())
        .as(name)
        .noneMatch(Finding.Damage.class::isInstance);
  }
}
