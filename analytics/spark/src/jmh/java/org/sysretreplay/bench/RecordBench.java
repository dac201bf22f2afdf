package org.sysretreplay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sysretreplay.bench.Pairs.Around;
import org.sysretreplay.bench.Pairs.Contestant;
import org.sysretreplay.bench.Pairs.Work;

/**
 * What being recorded costs a program: a loop of the cheapest system call, and a web server under
 * load, bare and under each way of recording in turn. The recorder starts before the clock does.
 */
final class RecordBench {

  /** Calls of a run. */
  private static final int CALLS = 1_000_000;

  /** A program that makes as many calls as each line of its input says, and answers with a line. */
  private static final List<String> LOOP =
      List.of(
          "perl", "-e", "$| = 1; while (<STDIN>) { for my $i (1 .. $_) { getppid } print 1, $/ }");

  private static final long ATTACH_SECONDS = 3;

  private final Setting setting;
  private final Pairs pairs;

  RecordBench(Setting setting, Results results) {
    this.setting = setting;
    pairs = new Pairs(results, setting.pairs());
  }

  void run() throws Exception {
    if (!Processes.isThere("perf")
        || !Processes.isThere("bpftrace")
        || !Processes.isThere("perl")) {
      return;
    }
    Process loop = start(LOOP);
    try {
      measure("record/calls-", loop.pid(), asks(loop, Integer.toString(CALLS)));
    } finally {
      loop.destroy();
    }
    Process server = start(Processes.java(WebServer.class));
    try {
      int port = Integer.parseInt(answers(server).readLine());
      measure("record/web-", server.pid(), () -> WebServer.load(port));
    } finally {
      server.destroy();
    }
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static BufferedReader answers(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream()));
  }

  private static Work asks(Process process, String line) {
    BufferedReader answers = answers(process);
    return () -> {
      process.getOutputStream().write((line + "\n").getBytes());
      process.getOutputStream().flush();
      answers.readLine();
    };
  }

  private void measure(String prefix, long pid, Work work) throws Exception {
    for (Map.Entry<String, List<String>> way : ways(pid).entrySet()) {
      pairs.measure(
          prefix + way.getKey(),
          1,
          new Contestant("bare", work),
          new Contestant(way.getKey(), recorder(way.getValue()), work));
    }
  }

  private Map<String, List<String>> ways(long pid) throws IOException {
    String file = Files.createDirectories(setting.folder()).resolve("recorded").toString();
    String ofProcess = Long.toString(pid);
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("all-events", Processes.launcher("record", "-p", ofProcess, "-o", file));
    ways.put(
        "exits-only",
        List.of(
            ("perf record -q -e raw_syscalls:sys_exit --user-regs=ip,flags,cx,r11,cs,ss,sp,ax"
                    + " -c 1 -m 1024 -o %s -p %s")
                .formatted(file, ofProcess)
                .split(" ")));
    ways.put(
        "every-101", Processes.launcher("record", "--every", "101", "-p", ofProcess, "-o", file));
    ways.put("counts", Processes.launcher("record", "--counts", "-p", ofProcess, "-o", file));
    return ways;
  }

  /** Records until it is closed; what was recorded is thrown away. */
  private static Around recorder(List<String> command) {
    return () -> {
      Process recorder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      TimeUnit.SECONDS.sleep(ATTACH_SECONDS);
      return () -> {
        recorder.toHandle().destroy();
        recorder.waitFor();
        delete(command);
      };
    };
  }

  private static void delete(List<String> command) throws IOException {
    List<String> words = new ArrayList<>(command);
    Path file = Path.of(words.get(words.indexOf("-o") + 1));
    for (String ending : List.of("", ".old", ".machine.json", ".old.machine.json")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
    }
  }
}
