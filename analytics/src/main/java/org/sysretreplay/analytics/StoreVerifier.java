package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
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
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Proves a store: every file is what the row of its trace promises, every frame has the class of
 * its registers, every number once, and the frames add up to the counts of the row.
 */
public final class StoreVerifier {

  /** How often a store is looked at anew that changes meanwhile. */
  private static final int MOST_TRIES = 20;

  private final Map<String, String> options;
  private final List<Finding> findings;
  private long frames;

  private StoreVerifier(StoreAudit audit, Map<String, String> options) {
    this.options = options;
    findings = new ArrayList<>(audit.findings());
  }

  /**
   * What was looked at, and what is wrong.
   *
   * @param traces how many traces have rows that can be read
   * @param frames how many frames were looked at, interrupts of the kernel included
   * @param somebodyWrites whether files that no trace names may be those of a writer at work
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
   * Looks at all of a store.
   *
   * @throws TraceException where it cannot be listed
   */
  public static Proof verify(TraceStore store, Map<String, String> options) {
    for (int tries = 1; ; tries++) {
      StoreAudit audit = store.audit();
      Proof proof = proof(store, audit, options);
      boolean mayBeOfAWriter = audit.somebodyWrites() || hasChanged(store, audit);
      if (proof.findings().isEmpty() || tries == MOST_TRIES || !mayBeOfAWriter) {
        return proof;
      }
    }
  }

  /** A trace that was replaced meanwhile is gone, and nothing is wrong with that. */
  private static boolean hasChanged(TraceStore store, StoreAudit audit) {
    try {
      return !Set.copyOf(store.read().traces()).equals(Set.copyOf(audit.traces()));
    } catch (TraceException e) {
      return false;
    }
  }

  private static Proof proof(TraceStore store, StoreAudit audit, Map<String, String> options) {
    StoreVerifier verifier = new StoreVerifier(audit, options);
    Set<String> damaged = audit.findings().stream().map(Finding::file).collect(Collectors.toSet());
    StoreSnapshot snapshot = store.of(audit.traces());
    for (TraceRow row : audit.traces()) {
      List<String> files = snapshot.files(row, StoreTable.FRAMES);
      if (files.stream().noneMatch(damaged::contains)) {
        verifier.lookAtFrames(row, files.get(0), snapshot);
      }
      verifier.lookAtRejects(row, store.of(List.of(row)), damaged);
    }
    return new Proof(
        audit.traces().size(), verifier.frames, verifier.findings, audit.somebodyWrites());
  }

  private void lookAtRejects(TraceRow row, StoreSnapshot only, Set<String> damaged) {
    List<String> files = only.files(row, StoreTable.REJECTS);
    if (files.isEmpty() || files.stream().anyMatch(damaged::contains)) {
      return;
    }
    try {
      long[] sum = {0};
      only.forEachReject(it -> sum[0] += it.count());
      if (sum[0] != row.counts().rejected()) {
        String problem =
            "its rows stand for %,d records, and the trace's row says %,d"
                .formatted(sum[0], row.counts().rejected());
        findings.add(new Finding.Damage(files.get(0), problem));
      }
    } catch (RuntimeException e) {
      findings.add(new Finding.Damage(files.get(0), e.getMessage()));
    }
  }

  private void lookAtFrames(TraceRow row, String file, StoreSnapshot snapshot) {
    Seen seen = new Seen(row.counts().accepted() + row.inKernel());
    try {
      new StoredFrames(snapshot.parts(row, Long.MAX_VALUE), options).forEach(seen::add);
    } catch (RuntimeException e) {
      findings.add(new Finding.Damage(file, e.getMessage()));
      return;
    }
    frames += seen.count;
    seen.problems(row).forEach(it -> findings.add(new Finding.Damage(file, it)));
  }

  /** The frames of one trace, added up. */
  private static final class Seen {

    private final BitSet numbers = new BitSet();
    private final long expected;
    private long count;
    private long exits;
    private long inKernel;
    private long otherClass;
    private long twice;

    Seen(long expected) {
      this.expected = expected;
    }

    void add(ExitFrame frame, long frameClass) {
      count++;
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
