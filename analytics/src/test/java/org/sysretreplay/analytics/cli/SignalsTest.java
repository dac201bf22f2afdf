package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private Path trace;
  private Path packed;
  private Path profile;

  /** How long each command takes if nobody stops it, measured once. */
  private final Map<String, Long> times = new ConcurrentHashMap<>();

  @BeforeEach
  void makeInputs() throws IOException {
    trace = folder.resolve("a.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(FRAME.formatted(i));
    }
    Files.writeString(trace, lines);
    packed = folder.resolve("shell.perf.data.gz");
    try (GZIPOutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(SAMPLES.resolve("shell/perf.data"), to);
    }
    profile = folder.resolve("profile.json");
    run("generate", "--learn", packed, "--profile", profile);
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

  /** Signals are tried side by side: most of the time a test waits for a process. */
  @Test
  void everyCommandEndsInSilenceAndLeavesNothing() throws Exception {
    List<Lane> lanes = new ArrayList<>();
    for (String signal : SIGNALS.keySet()) {
      if (isIgnored(signal)) {
        System.out.println(signal + " is ignored here, and is not tried");
      } else {
        lanes.add(new Lane(signal));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> lane : pool.invokeAll(lanes)) {
        lane.get();
      }
    } finally {
      pool.shutdownNow();
    }
    int stopped = lanes.stream().mapToInt(it -> it.stopped).sum();
    Trust.observed(
        "%d commands told to stop at %d moments: %d ended by the signal, %d had ended, of %d the JVM"
            + " had not begun; nothing was said, and nothing left",
        lanes.get(0).commands.size(),
        lanes.stream().mapToInt(it -> it.signals).sum(),
        stopped,
        lanes.stream().mapToInt(it -> it.ended).sum(),
        lanes.stream().mapToInt(it -> it.begun).sum());
    assertThat(stopped).isPositive();
  }

  /** One signal to every command, with a store and outputs of its own. */
  private final class Lane implements Callable<Void> {

    private final String signal;
    private final Path place;
    private final Path store;
    private final Path output;
    private final Map<String, List<Object>> commands = new LinkedHashMap<>();
    private int signals;
    private int stopped;
    private int begun;
    private int ended;

    Lane(String signal) throws IOException {
      this.signal = signal;
      place = Files.createDirectory(folder.resolve(signal));
      store = place.resolve("store");
      output = Files.createDirectory(place.resolve("output"));
      run("ingest", trace, packed, "--quiet", "--into", store);
      Path rows = output.resolve("f");
      Path lines = output.resolve("v.jsonl");
      put("report", packed, store, "--quiet");
      put("report -o", packed, "--quiet", "-o", output.resolve("r.txt"));
      put("compare", store + "@seed", "@linux-6.9", "--quiet");
      put("verify", store);
      put("ingest", trace, packed, "--quiet", "--into", store);
      put("generate", "--profile", profile, "--frames", "1e5", "--quiet", "-o", store);
      put("frames", trace, packed, store, "--quiet");
      put("frames to rows", store, "--quiet", "--format", "parquet", "-o", rows);
      put("replay", trace, packed, "--quiet", "-o", output.resolve("v"));
      put("replay to lines", store, "--quiet", "--format", "jsonl", "-o", lines);
      put("replay to standard output", packed, "--quiet", "--format", "jsonl", "-o", "-");
    }

    /** A command, which is the first word of its name. */
    private void put(String name, Object... arguments) {
      List<Object> words = new ArrayList<>(List.of(name.split(" ")[0]));
      words.addAll(List.of(arguments));
      commands.put(name, words);
    }

    @Override
    public Void call() throws Exception {
      // HUP is handled as the others are: that it is handled at all is tried at one moment.
      int moments = signal.equals("HUP") && !Trust.isLong() ? 1 : MOMENTS;
      for (Map.Entry<String, List<Object>> command : commands.entrySet()) {
        // Leftovers of earlier writers are removed before this one is measured.
        run("verify", store, "--repair");
        long whole = wholeTime(command.getKey(), command.getValue());
        for (int moment = 0; moment < moments; moment++) {
          stop(command.getValue(), whole * (2 * moment + 1) / (2 * moments));
          signals++;
        }
      }
      return null;
    }

    private long wholeTime(String name, List<Object> command) throws Exception {
      Long known = times.get(name);
      if (known == null) {
        known = MainProcess.start(place, command.toArray()).time();
        times.put(name, known);
      }
      return known;
    }

    private void stop(List<Object> command, long nanos) throws Exception {
      MainProcess process = MainProcess.start(place, command.toArray());
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
}
