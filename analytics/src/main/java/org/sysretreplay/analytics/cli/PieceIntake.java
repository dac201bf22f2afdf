package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.UnreadableException;
import org.sysretreplay.analytics.cli.Spool.Piece;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Moves pieces from their spool into the store: each is deleted once it is there, and not before.
 * What cannot be read stays and is told, and so does a piece of which the store has nothing but
 * rejects; where the store cannot be written, all stays and is tried again.
 */
final class PieceIntake {

  /** How long the store is left alone after it could not be written. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Reads a trace into the store, as {@code ingest} does. */
  @FunctionalInterface
  interface Store {

    /**
     * Publishes the trace in place of an earlier reading of it.
     *
     * @throws UnreadableException where it cannot be read
     * @throws OutputException where the store cannot be written
     */
    Counts take(TraceInput trace);
  }

  private final Spool spool;
  private final Store store;
  private final String storeName;
  private final String launcher;
  private final String tooSmall;
  private final Messages messages;

  /** What is not tried again by this process. */
  private final Set<Path> done;

  private final Set<String> told = new HashSet<>();
  private Counts counts = Counts.ZERO;
  private int taken;
  private int kept;
  private boolean unwritable;
  private long pauseEnd = System.nanoTime();

  /**
   * An intake that has taken nothing yet.
   *
   * @param storeName as the user named it
   * @param launcher how the user called the program
   * @param tooSmall what to say once where samples were lost
   */
  PieceIntake(
      Spool spool,
      Store store,
      String storeName,
      String launcher,
      String tooSmall,
      Messages messages) {
    this(spool, store, storeName, launcher, tooSmall, messages, new HashSet<>());
  }

  private PieceIntake(
      Spool spool,
      Store store,
      String storeName,
      String launcher,
      String tooSmall,
      Messages messages,
      Set<Path> done) {
    this.spool = spool;
    this.store = store;
    this.storeName = storeName;
    this.launcher = launcher;
    this.tooSmall = tooSmall;
    this.messages = messages;
    this.done = done;
  }

  /** One that counts anew, and leaves alone what this one has kept. */
  PieceIntake next() {
    return new PieceIntake(spool, store, storeName, launcher, tooSmall, messages, done);
  }

  /** The sum of what went into the store. */
  Counts counts() {
    return counts;
  }

  /** How many pieces went into the store. */
  int taken() {
    return taken;
  }

  /** How many pieces were kept because they, or all of their records, cannot be read. */
  int kept() {
    return kept;
  }

  /** Whether the store, or the spool, could not be written when it was last tried. */
  boolean isUnwritable() {
    return unwritable;
  }

  /** Whether there was nothing to take. */
  boolean isEmpty() {
    return taken == 0 && kept == 0 && !unwritable;
  }

  /** Takes what perf has ended, while it goes on. */
  void takeEnded() {
    if (System.nanoTime() - pauseEnd >= 0) {
      take(spool::pieces);
    }
  }

  /**
   * Takes everything that is there, once no perf writes into the spool, and tells what waits on.
   */
  void takeLast() {
    take(spool::lastPieces);
    if (unwritable) {
      tellWaiting();
    }
  }

  private void tellWaiting() {
    try {
      Map<String, Long> waiting =
          spool.lastPieces().stream()
              .filter(it -> !done.contains(it.file()))
              .collect(Collectors.groupingBy(Piece::workload, TreeMap::new, Collectors.counting()));
      waiting.forEach(this::tellWaiting);
    } catch (OutputException e) {
      tellOnce(e.getMessage());
    }
  }

  private void tellWaiting(String workload, long pieces) {
    String all = ShellWord.ofFile(spool.folder().resolve(workload).toString()) + ".*.perf.data";
    messages.error(
        "pieces (%d) wait in %s; once that is mended, the next recording into the store reads them first, and so does: %s"
            .formatted(pieces, spool.folder(), command(all, workload)));
  }

  /** One at a time, and again from the start: perf goes on meanwhile. */
  private void take(Supplier<List<Piece>> pieces) {
    try {
      unwritable = false;
      for (Optional<Piece> next = next(pieces); next.isPresent(); next = next(pieces)) {
        take(next.get());
      }
    } catch (OutputException e) {
      unwritable = true;
      pauseEnd = System.nanoTime() + PAUSE.toNanos();
      tellOnce(e.getMessage());
    }
  }

  private Optional<Piece> next(Supplier<List<Piece>> pieces) {
    return pieces.get().stream().filter(it -> !done.contains(it.file())).findFirst();
  }

  private void take(Piece piece) {
    try {
      Counts of = store.take(input(piece));
      done.add(piece.file());
      counts = counts.plus(of);
      taken++;
      tellTaken(of);
      if (of.accepted() == 0 && of.rejected() > 0) {
        keep(piece, piece.file() + ": not one of its records could be taken for an exit.");
      } else {
        spool.delete(piece);
      }
    } catch (TraceException | UnreadableException e) {
      done.add(piece.file());
      keep(piece, e.getMessage());
    }
  }

  private void keep(Piece piece, String why) {
    kept++;
    messages.error(why);
    messages.note("%s is kept; to try it again: %s".formatted(piece.file(), command(piece)));
  }

  private void tellTaken(Counts of) {
    messages.note("%s: piece %d, %s".formatted(storeName, taken, RecordSentences.content(of)));
    if (of.lost() > 0) {
      tellOnce(tooSmall);
    }
  }

  private void tellOnce(String sentence) {
    if (told.add(sentence)) {
      messages.error(sentence);
    }
  }

  private static TraceInput input(Piece piece) {
    TraceInputs found =
        TraceInputs.find(
            List.of(piece.file()),
            Optional.of(piece.workload()),
            Optional.of(TraceFormat.PERF_DATA));
    if (!found.unreadable().isEmpty()) {
      throw found.unreadable().get(0);
    }
    return found.traces().get(0);
  }

  private String command(Piece piece) {
    return command(ShellWord.ofFile(piece.file().toString()), piece.workload());
  }

  /**
   * How to read files into the store by hand.
   *
   * @param files as a shell takes them
   */
  private String command(String files, String workload) {
    return "%s ingest %s --workload %s --into %s"
        .formatted(
            ShellWord.ofFile(launcher), files, ShellWord.of(workload), ShellWord.ofFile(storeName));
  }
}
