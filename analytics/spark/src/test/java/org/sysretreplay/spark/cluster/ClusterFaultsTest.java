package org.sysretreplay.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.spark.cluster.CommandLine.Result;
import org.sysretreplay.spark.cluster.CommandLine.Running;

/**
 * Executors, workers and drivers are killed at the start, amid and at the end of every command that
 * writes. The old state or the new one is there afterwards, and the next run is right.
 */
@Tag("cluster")
class ClusterFaultsTest {

  private static final boolean ALL = Boolean.getBoolean("tests.long");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Between two looks for the moment of a kill: much less than the moments last. */
  private static final long PAUSE_NANOS = 1_000_000;

  private static final String FRAME =
      """
      {"ts_ns":%d,"cpu":0,"pid":7,"tid":8,"comm":"x","entry":"syscall","event":"e","nr":39,\
      "rip":"0x401000","rcx":"0x401000","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
      """;

  private static final int FRAMES = 20_000;
  private static final int MEMBERS = 12;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static CommandLine commandLine;
  private static Path large;
  private static Path small;
  private static Path profile;

  private final Map<Command, List<Object>> nexts = new EnumMap<>(Command.class);
  private int run;

  /** A command that writes a small target first, and then a large one in its place. */
  private enum Command {
    INGEST {
      @Override
      Object[] of(Path target, boolean isLarge) {
        return new Object[] {"ingest", isLarge ? large : small, "--into", target};
      }
    },
    GENERATE {
      @Override
      Object[] of(Path target, boolean isLarge) {
        String frames = isLarge ? "1000000" : "100";
        return new Object[] {
          "generate", "--profile", profile, "--frames", frames, "--output", target
        };
      }
    },
    REPLAY {
      @Override
      Object[] of(Path target, boolean isLarge) {
        return new Object[] {"replay", isLarge ? large : small, "-o", target};
      }
    };

    abstract Object[] of(Path target, boolean isLarge);
  }

  /** The moment of a kill. */
  private enum Moment {
    START {
      @Override
      boolean isNow(Set<Path> before, Set<Path> now) {
        return cluster.workers().stream().anyMatch(it -> !it.executors().isEmpty());
      }
    },
    MIDDLE {
      @Override
      boolean isNow(Set<Path> before, Set<Path> now) {
        return now.stream()
            .filter(it -> !before.contains(it) && !it.toString().contains(".unfinished"))
            .anyMatch(it -> it.toString().endsWith(".writing") && Files.isRegularFile(it));
      }
    },
    END {
      @Override
      boolean isNow(Set<Path> before, Set<Path> now) {
        return now.stream()
            .anyMatch(
                it ->
                    !before.contains(it) && it.getFileName().toString().matches("part-.*parquet"));
      }
    };

    abstract boolean isNow(Set<Path> before, Set<Path> now);
  }

  private enum Victim {
    EXECUTOR {
      @Override
      void kill(Running command) {
        Processes.kill(
            cluster.workers().stream()
                .flatMap(it -> it.executors().stream())
                .filter(ProcessHandle::isAlive)
                .limit(1)
                .toList());
      }
    },
    WORKER {
      @Override
      void kill(Running command) {
        cluster.workers().stream()
            .filter(it -> !it.executors().isEmpty())
            .findFirst()
            .ifPresent(StandaloneCluster.Worker::kill);
      }
    },
    DRIVER {
      @Override
      void kill(Running command) {
        Processes.kill(Processes.tree(command.process()));
      }
    };

    abstract void kill(Running command);
  }

  @BeforeAll
  static void start() throws IOException {
    commandLine = new CommandLine(folder.resolve("command-lines"));
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
    large = trace("large", MEMBERS);
    small = trace("small", 1);
    profile = folder.resolve("profile.json");
    assertThat(CommandLine.local("generate", "--learn", small, "--profile", profile).exit())
        .isZero();
  }

  @AfterAll
  static void end() throws IOException {
    try (CommandLine lines = commandLine;
        StandaloneCluster all = cluster) {
      assertThat(Stream.of(lines, all)).doesNotContainNull();
    }
  }

  /** Makes a trace; all have one name, so that one replaces the other, and take little room. */
  private static Path trace(String in, int members) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FRAMES; i++) {
      lines.append(FRAME.formatted(i));
    }
    Path file = Files.createDirectories(folder.resolve(in)).resolve("t.jsonl.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < members; i++) {
        GZIPOutputStream member = new GZIPOutputStream(out);
        member.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        member.finish();
      }
    }
    return file;
  }

  private static Set<Path> files(Path target) {
    Set<Path> files = new TreeSet<>();
    try (Stream<Path> all = Files.walk(target.getParent())) {
      all.forEach(files::add);
    } catch (IOException | UncheckedIOException e) {
      // A file went away amid the walk.
    }
    return files;
  }

  /** The content as readers see it; the same input makes the same content. */
  private static List<Object> content(Path target) throws IOException {
    List<Object> content = new ArrayList<>();
    if (!Files.exists(target.resolve("traces"))) {
      Path verdicts = target.resolve("part-00000.parquet");
      content.add(Files.exists(verdicts) ? Files.size(verdicts) : -1);
      return content;
    }
    for (TraceRow row : TraceStore.at(target.toString()).read().traces()) {
      content.add(row.workload());
      content.add(row.counts());
      content.add(row.parts().stream().map(PartFile::rows).toList());
    }
    return content;
  }

  private Path place() throws IOException {
    return Files.createDirectories(folder.resolve("run-" + run++)).resolve("target");
  }

  private static List<Finding> findings(Path store) {
    return StoreVerifier.verify(TraceStore.at(store.toString()), Map.of()).findings();
  }

  /** The content that a command makes if nothing is killed. */
  private List<Object> next(Command command) throws IOException {
    if (!nexts.containsKey(command)) {
      Path target = place();
      assertThat(CommandLine.local(command.of(target, false)).exit()).isZero();
      assertThat(CommandLine.local(command.of(target, true)).exit()).isZero();
      nexts.put(command, content(target));
    }
    return nexts.get(command);
  }

  /** Kills the victim at that moment, and returns whether the command succeeded all the same. */
  private boolean kill(Command command, Moment moment, Victim victim) throws IOException {
    String name = "%s, %s killed at %s".formatted(command, victim, moment);
    List<Object> next = next(command);
    Path target = place();
    assertThat(CommandLine.local(command.of(target, false)).exit()).isZero();
    List<Object> old = content(target);
    Set<Path> before = files(target);
    List<Object> arguments = new ArrayList<>(List.of(command.of(target, true)));
    arguments.addAll(List.of("--master", cluster.url()));
    Running running = commandLine.start(arguments.toArray());
    while (running.process().isAlive() && !moment.isNow(before, files(target))) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    victim.kill(running);
    Result result = running.await(PATIENCE);
    assertThat(content(target)).as(name).isIn(old, next);
    if (result.exit() == 0) {
      assertThat(content(target)).as(name).isEqualTo(next);
    } else if (victim != Victim.DRIVER) {
      assertThat(result.exit()).as(name + result.err()).isEqualTo(2);
      assertThat(result.err()).as(name).doesNotContain("\tat ", "bug");
    }
    assertThat(CommandLine.local(command.of(target, true)).exit()).as(name).isZero();
    assertThat(content(target)).as(name + ", and once more").isEqualTo(next);
    // Executors of a driver that was killed may go on for a while.
    cluster.awaitIdle();
    if (Files.exists(target.resolve("traces"))) {
      assertThat(findings(target)).as(name).allMatch(Finding.LeftOver.class::isInstance);
      assertThat(CommandLine.local(command.of(target, false)).exit()).as(name).isZero();
      assertThat(findings(target)).as(name).isEmpty();
    }
    if (victim == Victim.WORKER) {
      cluster.addWorker();
    }
    System.out.printf("%s: exit code %d%n", name, result.exit());
    return result.exit() == 0;
  }

  @Test
  void whoeverIsKilledTheOldStateOrTheNewOneIsThereAndTheNextRunIsRight() throws IOException {
    int kills = 0;
    int done = 0;
    for (Command command : Command.values()) {
      for (Moment moment : Moment.values()) {
        for (Victim victim : Victim.values()) {
          // Without tests.long, a third of the combinations.
          if (ALL || (command.ordinal() + moment.ordinal() + victim.ordinal()) % 3 == 0) {
            kills++;
            done += kill(command, moment, victim) ? 1 : 0;
          }
        }
      }
    }
    System.out.printf(
        "%d executors, workers and drivers killed at the start, amid and at the end of ingest,"
            + " generate and replay: %d came to their end all the same; always the old state or the"
            + " new one, and the next run right%n",
        kills, done);
  }

  @Test
  void aWorkerWhoseDiskIsFullDoesNotMakeAnythingWrong() throws Exception {
    assumeTrue(StandaloneCluster.canBlind(), "no file system can be mounted here");
    try (StandaloneCluster full = StandaloneCluster.start(folder.resolve("full"), 1)) {
      full.addWorkerWithFullDisk();
      Path target = place();
      assertThat(CommandLine.local(Command.INGEST.of(target, false)).exit()).isZero();
      List<Object> old = content(target);

      Result result = commandLine.runHere(full.url(), Command.INGEST.of(target, true));

      List<Object> now = content(target);
      assertThat(result.exit()).as(result.err()).isIn(0, 2);
      assertThat(now.equals(old)).isEqualTo(result.exit() != 0);
      assertThat(CommandLine.local(Command.INGEST.of(target, true)).exit()).isZero();
      assertThat(StoreVerifier.verify(TraceStore.at(target.toString()), Map.of()).findings())
          .isEmpty();
      System.out.printf(
          "a worker whose disk is full: ingest ended with %d, the store was right%n",
          result.exit());
    }
  }
}
