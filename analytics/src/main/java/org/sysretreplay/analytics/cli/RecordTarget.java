package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is recorded. */
sealed interface RecordTarget {

  /** Its words on perf's command line, which come last. */
  List<String> ofPerf();

  /** Options of perf for each event. */
  default List<String> ofEvent() {
    return List.of();
  }

  /** What the workload is called where nobody says. */
  String name();

  /** Whether the exit code tells of nothing but an end that was asked for. */
  boolean isEnd(RecorderEnd end);

  /** Who ended with an exit code. */
  String whoEnded();

  /** What to do where not one sample came of it, as the end of a sentence. */
  String whyNothing();

  /** A command that perf starts. */
  record Command(List<String> words) implements RecordTarget {

    public Command {
      words = List.copyOf(words);
    }

    @Override
    public List<String> ofPerf() {
      List<String> all = new ArrayList<>(List.of("--"));
      all.addAll(words);
      return all;
    }

    @Override
    public String name() {
      return Path.of(words.get(0)).getFileName().toString();
    }

    /** Told to end, perf hides the command's own exit code behind the signal that it got. */
    @Override
    public boolean isEnd(RecorderEnd end) {
      return end.exit() == 0 || end.wasTold() && end.isBySignal();
    }

    @Override
    public String whoEnded() {
      return words.get(0);
    }

    @Override
    public String whyNothing() {
      return "see what perf says above, or record with smaller buffers, such as -m 128.";
    }
  }

  /** What runs already; perf ends at a signal. */
  sealed interface Running extends RecordTarget {

    @Override
    default boolean isEnd(RecorderEnd end) {
      return end.exit() == 0 || end.isBySignal();
    }

    @Override
    default String whoEnded() {
      return "perf";
    }

    @Override
    default String whyNothing() {
      return "nothing of it returned to user space in that time; record longer, or another process.";
    }
  }

  /**
   * Processes, with all their threads and whatever these start; perf ends with the last of them.
   *
   * @param name of the first
   */
  record Processes(List<Long> pids, String name) implements Running {

    public Processes {
      pids = List.copyOf(pids);
    }

    /**
     * Finds the processes.
     *
     * @param root the folder that holds {@code proc}
     * @throws UsageException where there is no such process
     */
    static Processes find(List<Long> pids, Path root) {
      List<String> names = pids.stream().map(it -> comm(it, root)).toList();
      return new Processes(pids, fileName(names.get(0), pids.get(0)));
    }

    /** A process may call itself anything, or nothing. */
    private static String fileName(String comm, long pid) {
      return comm.isBlank() ? "process-" + pid : comm.replace('/', '_');
    }

    /**
     * The same.
     *
     * @throws UsageException where one is a thread of another
     */
    List<Long> wholeProcesses(Path root) {
      for (long pid : pids) {
        long process = ProcessStatus.of(pid, root).process().orElse(pid);
        if (process != pid) {
          throw new UsageException(
              "-p %d: this is a thread of process %d, and --counts takes whole processes; give -p %d."
                  .formatted(pid, process, process));
        }
      }
      return pids;
    }

    private static String comm(long pid, Path root) {
      try {
        Path comm = root.resolve("proc").resolve(Long.toString(pid)).resolve("comm");
        return new String(Files.readAllBytes(comm), StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new UsageException(
            "-p %d: there is no such process; see its number with ps or pgrep.".formatted(pid), e);
      }
    }

    @Override
    public List<String> ofPerf() {
      return List.of("-p", pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
  }

  /** All that runs on all processors. */
  record Everything() implements Running {

    @Override
    public List<String> ofPerf() {
      return List.of("-a");
    }

    /** perf's own writes would be most of what it records. */
    @Override
    public List<String> ofEvent() {
      return List.of("--exclude-perf");
    }

    @Override
    public String name() {
      return "everything";
    }
  }
}
