package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.store.StoreAudit;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Checks a store: every file is what its trace's row promises, every frame is stored under the
 * class of its registers, every frame number occurs once, and the frames add up to the counts of
 * the row.
 */
public final class StoreVerifier {

  /** How often the store is searched again for traces that came while others were checked. */
  private static final int MOST_ROUNDS = 20;

  private final TraceStore store;
  private final Map<String, String> options;
  private final Progress progress;

  /** What was found of each trace in the store, in the order in which they were checked. */
  private final Map<TraceRow, Seen> traces = new LinkedHashMap<>();

  /** Findings that belong to no trace: damaged lists of rows, and files left over. */
  private final List<Finding> others = new ArrayList<>();

  private StoreVerifier(TraceStore store, Map<String, String> options, Progress progress) {
    this.store = store;
    this.options = options;
    this.progress = progress;
  }

  /**
   * What was checked, and what is wrong.
   *
   * @param traces how many traces have rows that can be read
   * @param frames how many frames were checked, including those of interrupts that hit the kernel
   * @param somebodyWrites whether files that no trace names may belong to a writer at work
   */
  public record Proof(int traces, long frames, List<Finding> findings, boolean somebodyWrites) {

    public Proof {
      findings = List.copyOf(findings);
    }

    /** Files that no trace needs. */
    public List<Finding.LeftOver> leftOvers() {
      return findings.stream()
          .filter(Finding.LeftOver.class::isInstance)
          .map(Finding.LeftOver.class::cast)
          .toList();
    }
  }

  /**
   * Checks a whole store. Traces that are replaced meanwhile are not faulty; their replacements are
   * checked instead.
   *
   * @throws TraceException if the store cannot be listed
   */
  public static Proof verify(TraceStore store, Map<String, String> options) {
    return verify(store, options, Progress.NONE);
  }

  /** The same, with progress counted in the frames that the rows of traces promise. */
  public static Proof verify(TraceStore store, Map<String, String> options, Progress progress) {
    StoreVerifier verifier = new StoreVerifier(store, options, progress);
    StoreAudit audit = store.audit();
    verifier.take(audit);
    verifier.followWriters();
    return verifier.proof(audit.somebodyWrites());
  }

  private void followWriters() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<TraceRow> now = store.auditRows().traces();
      traces.keySet().retainAll(Set.copyOf(now));
      List<TraceRow> fresh = now.stream().filter(it -> !traces.containsKey(it)).toList();
      if (fresh.isEmpty()) {
        return;
      }
      take(store.audit(fresh));
    }
  }

  private void take(StoreAudit audit) {
    Map<String, List<Finding>> byFile =
        audit.findings().stream().collect(Collectors.groupingBy(Finding::file));
    List<TraceRow> rows = audit.traces();
    Amount all = Amount.frames(rows.stream().mapToLong(StoreVerifier::frames).sum());
    try (Progress.Bar bar = progress.begin("verify", rows.size(), all)) {
      for (TraceRow row : rows) {
        traces.put(row, seen(row, byFile, bar));
      }
    }
    byFile.values().forEach(others::addAll);
  }

  /** Takes the findings on the row's files, and checks the content of files without a finding. */
  private Seen seen(TraceRow row, Map<String, List<Finding>> byFile, Progress.Bar bar) {
    StoreSnapshot only = store.of(List.of(row));
    Seen seen = new Seen();
    for (StoreTable table : StoreTable.values()) {
      List<String> files = only.files(row, table);
      List<Finding> found =
          files.stream()
              .flatMap(it -> Optional.ofNullable(byFile.remove(it)).stream())
              .flatMap(List::stream)
              .toList();
      seen.findings.addAll(found);
      if (found.isEmpty() && !files.isEmpty()) {
        lookInto(table, row, only, files.get(0), seen, bar);
      }
    }
    return seen;
  }

  private void lookInto(
      StoreTable table,
      TraceRow row,
      StoreSnapshot only,
      String file,
      Seen seen,
      Progress.Bar bar) {
    try {
      List<String> problems =
          switch (table) {
            case FRAMES -> frameProblems(row, only, seen, bar);
            case REJECTS -> rejectProblems(row, only);
            case MAPS -> mapProblems(row, only);
          };
      problems.forEach(it -> seen.findings.add(new Finding.Damage(file, it)));
    } catch (RuntimeException e) {
      seen.findings.add(new Finding.Damage(file, e.getMessage()));
    }
  }

  private List<String> frameProblems(
      TraceRow row, StoreSnapshot only, Seen seen, Progress.Bar bar) {
    Frames frames = new Frames(frames(row), bar);
    new StoredFrameLookup(only.parts(row, Long.MAX_VALUE), options).forEach(frames::add);
    seen.frames = frames.count;
    return frames.problems(row);
  }

  /** How many frames the trace's row promises. */
  private static long frames(TraceRow row) {
    return row.counts().accepted() + row.inKernel();
  }

  private static List<String> rejectProblems(TraceRow row, StoreSnapshot only) {
    long[] sum = {0};
    only.forEachReject(it -> sum[0] += it.count());
    return sum[0] == row.counts().rejected()
        ? List.of()
        : List.of(
            "its rows stand for %,d records, and the trace's row says %,d"
                .formatted(sum[0], row.counts().rejected()));
  }

  private static List<String> mapProblems(TraceRow row, StoreSnapshot only) {
    ExecutableMaps maps = only.maps(row);
    return row.parts(StoreTable.MAPS).size() == 1 && maps.leftOut() >= 0 && !maps.isEmpty()
        ? List.of()
        : List.of(
            "its maps are not in one file, there are none in it, or their number is negative");
  }

  private Proof proof(boolean somebodyWrites) {
    List<Finding> findings = new ArrayList<>(others);
    traces.values().forEach(it -> findings.addAll(it.findings));
    long frames = traces.values().stream().mapToLong(it -> it.frames).sum();
    return new Proof(traces.size(), frames, findings, somebodyWrites);
  }

  /** What was found of one trace. */
  private static final class Seen {

    private final List<Finding> findings = new ArrayList<>();
    private long frames;
  }

  /** The frames of one trace, added up. */
  private static final class Frames {

    /**
     * Progress is reported in steps, since a report of each frame would cost more than its check.
     */
    private static final Amount STEP = Amount.frames(1 << 16);

    private final BitSet numbers = new BitSet();
    private final long expected;
    private final Progress.Bar bar;
    private long count;
    private long exits;
    private long inKernel;
    private long otherClass;
    private long twice;

    Frames(long expected, Progress.Bar bar) {
      this.expected = expected;
      this.bar = bar;
    }

    void add(ExitFrame frame, long frameClass) {
      count++;
      if (count % STEP.size() == 0) {
        bar.step(STEP);
      }
      if (frame.assembly().stage() == Stage.IN_KERNEL) {
        inKernel++;
      } else {
        exits += frame.count();
      }
      if (FrameClass.code(frame) != frameClass) {
        otherClass++;
      }
      if (frame.seq() < 0 || frame.seq() > Integer.MAX_VALUE || numbers.get((int) frame.seq())) {
        twice++;
      } else {
        numbers.set((int) frame.seq());
      }
    }

    List<String> problems(TraceRow row) {
      List<String> problems = new ArrayList<>();
      if (otherClass > 0) {
        problems.add(
            "%,d frames have another class than their registers say".formatted(otherClass));
      }
      if (twice > 0 || numbers.length() != count) {
        problems.add(
            "its frames do not have the numbers from 0 to %,d, each once".formatted(count - 1));
      }
      if (count != expected || inKernel != row.inKernel() || exits != row.counts().exits()) {
        problems.add(
            "it holds %,d frames of %,d exits, and the trace's row says %,d of %,d"
                .formatted(count, exits, expected, row.counts().exits()));
      }
      return problems;
    }
  }
}
