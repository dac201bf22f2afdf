package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;

/**
 * Records in pieces, and reads each into a store when it has ended. What an earlier recorder left
 * in the spool, however it ended, is read first.
 */
final class StoreRecorder {

  private static final int LOOK_MILLIS = 200;

  /** How long an earlier perf may take for the end of its last piece. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Behind {@code perf record}. */
  private static final int FIRST_OPTION = 2;

  private final String store;
  private final Path folder;
  private final String workload;
  private final Rotation rotation;
  private final Terminal terminal;
  private final Messages messages;
  private final Surroundings surroundings;

  /**
   * A recorder into a store.
   *
   * @param store as the user named it
   * @param folder where pieces wait
   * @param workload what the store is to call it
   */
  StoreRecorder(
      String store,
      Path folder,
      String workload,
      Rotation rotation,
      Terminal terminal,
      Messages messages,
      Surroundings surroundings) {
    this.store = store;
    this.folder = folder;
    this.workload = workload;
    this.rotation = rotation;
    this.terminal = terminal;
    this.messages = messages;
    this.surroundings = surroundings;
  }

  /**
   * Records until what is recorded ends, its time is over, or this process is told to stop.
   *
   * @param nothing what to do where not one sample came of it, as the end of a sentence
   * @return the exit code
   * @throws UsageException where perf cannot record, or another recorder has the spool
   * @throws org.sysretreplay.ingest.trace.OutputException where the store or the spool cannot be
   *     written at the start
   */
  int record(
      Perf perf, Perf.Amount amount, RecordTarget target, MachineFacts machine, String nothing)
      throws InterruptedException {
    TraceStore.at(store).prepare();
    try (Spool spool = Spool.open(folder, messages);
        Engine engine = Engine.local(ProgressBars.on(terminal))) {
      new EarlierPerf(spool.folder(), surroundings.root()).awaitEnd(PATIENCE);
      PieceIntake earlier = intake(spool, engine, amount);
      int left = spool.lastPieces().size();
      if (left > 0) {
        messages.note(
            "an earlier recorder left pieces (%d) in %s, which are read first."
                .formatted(left, spool.folder()));
        earlier.takeLast();
      }
      PieceIntake own = earlier.next();
      Path file = spool.recording(workload, machine);
      RecorderEnd end = record(perf, amount, target, file, own);
      own.takeLast();
      return summary(target, end, amount.pages(), own, nothing);
    }
  }

  private PieceIntake intake(Spool spool, Engine engine, Perf.Amount amount) {
    return new PieceIntake(
        spool,
        trace -> engine.ingest(List.of(trace), store, (done, counts) -> {}),
        store,
        surroundings.launcher(),
        RecordSentences.lost(amount.pages()),
        messages);
  }

  private RecorderEnd record(
      Perf perf, Perf.Amount amount, RecordTarget target, Path file, PieceIntake intake)
      throws InterruptedException {
    ProcessBuilder builder = perf.builder(inPieces(perf, amount, target, file), target);
    PerfLog log = new PerfLog(Spool.log(file), messages);
    if (target instanceof RecordTarget.Running) {
      builder.redirectError(Spool.log(file).toFile());
    }
    Process process = Programs.start(builder);
    AtomicBoolean told = new AtomicBoolean();
    StopSignals signals = Perf.stopping(process, told);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (ProcessGuard guard = ProcessGuard.of(process, surroundings.root())) {
      process.onExit().thenRun(guard::close);
      rotation
          .nanos()
          .ifPresent(
              it -> clock.scheduleAtFixedRate(guard::switchPiece, it, it, TimeUnit.NANOSECONDS));
      amount.nanos().ifPresent(it -> clock.schedule(end(process, told), it, TimeUnit.NANOSECONDS));
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        log.tell();
        intake.takeEnded();
      }
    } finally {
      // Also where a mistake of ours ends this.
      Perf.end(process);
      process.waitFor();
      signals.release();
      clock.shutdownNow();
      log.tell();
    }
    return new RecorderEnd(process.exitValue(), told.get());
  }

  private static Callable<Void> end(Process perf, AtomicBoolean told) {
    return () -> {
      told.set(true);
      Perf.end(perf);
      return null;
    };
  }

  private List<String> inPieces(Perf perf, Perf.Amount amount, RecordTarget target, Path file) {
    List<String> words = new ArrayList<>(perf.commandLine(file, amount, target));
    words.add(FIRST_OPTION, "--switch-output=" + rotation.ofPerf());
    return words;
  }

  private int summary(
      RecordTarget target, RecorderEnd end, int pages, PieceIntake intake, String nothing) {
    if (intake.isEmpty()) {
      throw RecordSentences.nothing(end.exit());
    }
    RecordSentences.ended(target, end).ifPresent(messages::note);
    Counts counts = intake.counts();
    messages.note(
        "%s: %,d %s, %s"
            .formatted(
                store,
                intake.taken(),
                intake.taken() == 1 ? "piece" : "pieces",
                RecordSentences.content(counts)));
    if (counts.lost() > 0) {
      messages.note(RecordSentences.lost(pages));
    }
    if (intake.taken() > 0 && counts.seen() == 0) {
      messages.error(store + ": there is not one sample in these; " + nothing);
    } else if (intake.taken() > 0) {
      messages.note(
          "next: %s report %s"
              .formatted(ShellWord.ofFile(surroundings.launcher()), ShellWord.ofFile(store)));
    }
    return exitCode(target, end, intake);
  }

  private static int exitCode(RecordTarget target, RecorderEnd end, PieceIntake intake) {
    boolean perfFailed = target instanceof RecordTarget.Running && !target.isEnd(end);
    if (perfFailed || intake.isUnwritable()) {
      return ExitCode.USAGE;
    }
    return intake.kept() > 0 || intake.counts().accepted() == 0 ? ExitCode.INPUT : ExitCode.OK;
  }
}
