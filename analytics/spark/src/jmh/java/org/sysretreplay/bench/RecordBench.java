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
import java.util.stream.Stream;
import org.sysretreplay.analytics.bpf.CountScript;
import org.sysretreplay.analytics.bpf.Followed;
import org.sysretreplay.analytics.bpf.KernelStack;
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
  private final Results results;
  private final Pairs pairs;

  RecordBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
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
      Work calls = asks(loop, Integer.toString(CALLS));
      measure("record/calls-", ways(loop.pid()), calls);
      measure("record/counts-", forms(loop.pid()), calls);
    } finally {
      loop.destroy();
    }
    Process server = start(Processes.java(WebServer.class));
    try {
      int port = Integer.parseInt(answers(server).readLine());
      measure("record/web-", ways(server.pid()), () -> WebServer.load(port));
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

  private void measure(String prefix, Map<String, List<String>> ways, Work work) throws Exception {
    for (Map.Entry<String, List<String>> way : ways.entrySet()) {
      String subject = prefix + way.getKey();
      Recorder recorder = new Recorder(way.getValue());
      pairs.measure(
          subject,
          1,
          new Contestant("bare", work),
          new Contestant(way.getKey(), recorder::begin, work));
      if (Setting.isMeasured(subject) && recorder.writes()) {
        results.add(subject + ":recorder", "cpu", recorder.cpuSeconds(), "s a run");
        results.add(subject + ":recorder", "bytes", recorder.bytes(), "B a run");
      }
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

  /** Other forms of the script that counts, each by one change. */
  private static Map<String, List<String>> forms(long pid)
      throws IOException, InterruptedException {
    String script = new CountScript(stack(), new Followed.Running(List.of(pid))).text();
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("as-it-is", script);
    forms.put("without-names", script.replace("@[comm, ", "@["));
    forms.put("without-total", script.replace("  @total = count();\n", ""));
    forms.put("one-map-for-all-processors", script.replaceAll("(@\\[.*\\]) = count\\(\\)", "$1++"));
    forms.put("one-event", script.substring(0, script.indexOf("tracepoint:exceptions")));
    forms.put("nothing", "tracepoint:raw_syscalls:sys_exit /pid == %d/ { }".formatted(pid));
    Map<String, List<String>> commands = new LinkedHashMap<>();
    forms.forEach(
        (name, text) ->
            commands.put(
                name, List.of("bpftrace", "-q", "-e", text, "-c", "/usr/bin/sleep 1000000")));
    return commands;
  }

  private static KernelStack stack() throws IOException, InterruptedException {
    Process process = start(List.of("bpftrace", "-q", "-e", KernelStack.SCRIPT));
    String line = answers(process).lines().reduce("", (before, it) -> it.isBlank() ? before : it);
    process.waitFor();
    return KernelStack.in(line).orElseThrow();
  }

  /** One way of recording, and what its processes took beside the work. */
  private static final class Recorder {

    private final List<String> command;
    private final List<Double> cpuSeconds = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    Recorder(List<String> command) {
      this.command = command;
    }

    /** Whether it writes a file; the forms of the script only count. */
    boolean writes() {
      return command.contains("-o");
    }

    double cpuSeconds() {
      return Pairs.median(cpuSeconds.stream().mapToDouble(it -> it).toArray());
    }

    double bytes() {
      return Pairs.median(bytes.stream().mapToDouble(it -> it).toArray());
    }

    /** Records until the end; what was recorded is thrown away. */
    Work begin() throws IOException, InterruptedException {
      Process recorder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      TimeUnit.SECONDS.sleep(ATTACH_SECONDS);
      double before = cpuSeconds(recorder);
      return () -> {
        cpuSeconds.add(cpuSeconds(recorder) - before);
        recorder.toHandle().destroy();
        recorder.waitFor();
        delete();
      };
    }

    private static double cpuSeconds(Process recorder) {
      return Stream.concat(Stream.of(recorder.toHandle()), recorder.descendants())
          .flatMap(it -> it.info().totalCpuDuration().stream())
          .mapToDouble(it -> it.toNanos() / 1e9)
          .sum();
    }

    private void delete() throws IOException {
      if (!writes()) {
        return;
      }
      Path file = Path.of(command.get(command.indexOf("-o") + 1));
      bytes.add((double) Files.size(file));
      for (String ending : List.of("", ".old", ".machine.json", ".old.machine.json")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
      }
    }
  }
}
