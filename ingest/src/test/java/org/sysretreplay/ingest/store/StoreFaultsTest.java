package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.files.FaultyFileSystem;
import org.sysretreplay.ingest.files.FaultyFileSystem.Change;
import org.sysretreplay.ingest.files.FaultyFileSystem.Fault;
import org.sysretreplay.ingest.files.FaultyFileSystem.Harm;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder;
import org.sysretreplay.ingest.perfdata.SampledEvent;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;

/**
 * Every change that a store makes to files fails in turn, in every way. The store then has the
 * content of before or after, whole.
 */
class StoreFaultsTest {

  private static final String FRAME =
      "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":1,\"rflags\":1,\"cs\":51,\"ss\":43}\n";
  private static final String REJECT = "{\"rip\":%d}\n";

  private static final String UNWRITABLE =
      "the store: it cannot be written \\((.+\\); name a place that you may write to"
          + "|.*No space left on device\\); make room there, or name another place)\\.";
  private static final String UNDELETABLE =
      "the store: the new reading is there, and the one before cannot be deleted \\(.+\\);"
          + " see who may write to its folder\\.";

  /**
   * The content that DuckDB finds by the rows of a store, without columns that differ by chance.
   */
  private record State(
      List<List<Object>> traces,
      List<List<Object>> frames,
      List<List<Object>> rejects,
      List<List<Object>> maps) {

    private static final State NOTHING = new State(List.of(), List.of(), List.of(), List.of());

    static State of(Path store) {
      StoreSnapshot snapshot = TraceStore.at(store.toString()).read();
      State state = snapshot.traces().isEmpty() ? NOTHING : ofRows(store);
      List<Reject> rejects = new ArrayList<>();
      snapshot.forEachReject(rejects::add);
      assertThat(snapshot.traces()).hasSameSizeAs(state.traces);
      assertThat(snapshot.counts(Reading.AS_RECORDED).accepted()).isEqualTo(state.frames.size());
      assertThat(rejects).hasSameSizeAs(state.rejects);
      assertThat(snapshot.traces().stream().mapToLong(it -> snapshot.maps(it).maps().size()).sum())
          .isEqualTo(state.maps.size());
      return state;
    }

    private static State ofRows(Path store) {
      StoredRows rows = new StoredRows(store);
      List<StoredFiles.Promised> promised = StoredFiles.promised(store);
      StoredFiles.assertAreThere(store, promised);
      return new State(
          rows.select("select * exclude (parts, checksum) from traces() order by all"),
          rows.select("from " + table("frames", promised) + " order by workload, trace, seq"),
          rows.select("from " + table("rejects", promised) + " order by all"),
          promised.stream().anyMatch(it -> it.table().equals("maps"))
              ? rows.select("from " + table("maps", promised) + " order by all")
              : List.of());
    }

    private static String table(String name, List<StoredFiles.Promised> promised) {
      return StoredRows.table(
          promised.stream()
              .filter(it -> it.table().equals(name))
              .map(StoredFiles.Promised::file)
              .toList());
    }
  }

  private static final Set<String> OF_EVERY_STORE =
      Set.of("frames", "rejects", "maps", "traces", ".lock", ".publishing");

  /** A change of a store that fails at every point in turn, and the results. */
  private static final class Attempts {

    private final Consumer<TraceStore> change;
    private final Path start;
    private final Path store;
    private final State old;
    private final State next;
    private final int points;
    private final Set<Change> failed = EnumSet.noneOf(Change.class);
    private int runs;
    private int leftOld;
    private int madeNewAndFailed;
    private int madeNew;

    Attempts(Consumer<TraceStore> change, Path start, Path store) {
      this.change = change;
      this.start = start;
      this.store = store;
      old = State.of(start);
      StoredFiles.copy(start, store);
      FaultyFileSystem files = FaultyFileSystem.unharmed();
      change.accept(storeIn(files));
      next = State.of(store);
      points = files.changes().size();
      StoredFiles.assertAsPromised(store);
      assertThat(next).isNotEqualTo(old);
      StoredFiles.delete(store);
    }

    private TraceStore storeIn(FaultyFileSystem files) {
      return TraceStore.in("the store", FileTrees.at(files.at(store)));
    }

    void failAtEveryPoint() {
      for (int point = 1; point <= points; point++) {
        for (Harm harm : Harm.values()) {
          StoredFiles.copy(start, store);
          Fault fault = Fault.values()[(point + harm.ordinal()) % Fault.values().length];
          fail(new FaultyFileSystem(point, harm, fault), harm + " " + fault + " " + point);
          StoredFiles.delete(store);
        }
      }
    }

    private void fail(FaultyFileSystem files, String name) {
      Optional<OutputException> error = error(files);
      State state = state();
      boolean isOld = state.equals(old);
      if (!isOld) {
        assertThat(state).as(name).isEqualTo(next);
      }
      error.ifPresentOrElse(
          it -> assertThat(it).as(name).hasMessageMatching(isOld ? UNWRITABLE : UNDELETABLE),
          () -> assertThat(isOld).as("%s: no error, and nothing was done", name).isFalse());
      if (!files.failed().contains(Change.DELETE)) {
        assertNothingIsLeft(isOld, name);
      }
      count(isOld, error.isPresent(), files);
      change.accept(TraceStore.at(store.toString()));
      assertThat(State.of(store)).as("%s, and once more", name).isEqualTo(next);
    }

    /** What the store holds; a copy of the beginning, byte for byte, is not read again. */
    private State state() {
      return StoredFiles.contents(store).equals(StoredFiles.contents(start))
          ? old
          : State.of(store);
    }

    private Optional<OutputException> error(FaultyFileSystem files) {
      try {
        change.accept(storeIn(files));
        return Optional.empty();
      } catch (OutputException e) {
        return Optional.of(e);
      }
    }

    private void assertNothingIsLeft(boolean isOld, String name) {
      if (isOld) {
        assertThat(relative(store)).as(name).isEqualTo(relative(start));
      } else {
        StoredFiles.assertAsPromised(store);
      }
    }

    /** All but what a store has from its beginning. */
    private static List<Path> relative(Path store) {
      return StoredFiles.all(store).stream()
          .map(store::relativize)
          .filter(it -> !OF_EVERY_STORE.contains(it.toString()))
          .toList();
    }

    private void count(boolean isOld, boolean isError, FaultyFileSystem files) {
      assertThat(files.failed()).isNotEmpty();
      failed.addAll(files.failed());
      runs++;
      if (isOld) {
        leftOld++;
      } else if (isError) {
        madeNewAndFailed++;
      } else {
        madeNew++;
      }
    }

    void print(String name) {
      Trust.figure("%s: %d changes, each failed in %d ways", name, points, Harm.values().length);
      Trust.observed(
          "%d runs left the old state, %d came to the new one with an error, %d without",
          leftOld, madeNewAndFailed, madeNew);
      assertThat(leftOld + madeNewAndFailed + madeNew).isEqualTo(runs);
      assertThat(failed).isEqualTo(EnumSet.allOf(Change.class));
    }
  }

  @TempDir private Path folder;

  private void failAtEveryChange(
      String name, Consumer<TraceStore> before, Consumer<TraceStore> change) {
    TraceStore start = TraceStore.at(folder.resolve("start").toString());
    start.prepare();
    before.accept(start);
    Attempts attempts = new Attempts(change, folder.resolve("start"), folder.resolve("store"));
    attempts.failAtEveryPoint();
    attempts.print(name);
  }

  @Test
  void aStoreThatIsHalfMadeTakesTheFirstTraceAllTheSame() throws IOException {
    TraceInput input = input("a", "w", 3, 2);
    Path start = Files.createDirectory(folder.resolve("start"));

    Attempts attempts = new Attempts(it -> it.ingest(input), start, folder.resolve("store"));
    attempts.failAtEveryPoint();
    attempts.print("the first trace of a new store");
  }

  @Test
  void aNewTraceIsThereOrNot() throws IOException {
    TraceInput other = input("other", "w", 2, 1);
    TraceInput input = input("a", "w", 3, 2);

    failAtEveryChange("a new trace", it -> it.ingest(other), it -> it.ingest(input));
  }

  @Test
  void aTraceThatIsReplacedIsTheOldOneOrTheNewOne() throws IOException {
    TraceInput other = input("other", "w", 2, 1);
    TraceInput old = input("a", "w", 3, 0);
    TraceInput input = input("a", "w", 1, 2);

    failAtEveryChange(
        "a trace that is replaced",
        it -> List.of(other, old).forEach(it::ingest),
        it -> it.ingest(input));
  }

  @Test
  void aTraceThatIsReplacedUnderAnotherWorkloadIsTheOldOneOrTheNewOne() throws IOException {
    TraceInput other = input("other", "elsewhere", 2, 1);
    TraceInput old = input("a", "w", 3, 2);
    TraceInput input = input("a", "of its own", 1, 0);

    failAtEveryChange(
        "a trace that is replaced under another workload",
        it -> List.of(other, old).forEach(it::ingest),
        it -> it.ingest(input));
  }

  @Test
  void mapsComeAndGoWithTheirTrace() throws IOException {
    TraceInput other = recording("other", "w", 2);
    TraceInput old = recording("a", "w", 3);
    TraceInput input = recording("a", "of its own", 1);

    failAtEveryChange(
        "a trace with maps that is replaced",
        it -> List.of(other, old).forEach(it::ingest),
        it -> it.ingest(input));
  }

  @Test
  void generatedTracesAreAllTheOldOnesOrAllTheNewOnes() throws IOException {
    ProfileLearner learner = new ProfileLearner();
    for (String workload : List.of("http", "rseq", "threads")) {
      learner.add(input("learnt", workload, 9, 0));
    }
    List<Profile.Workload> workloads = learner.profile().workloads();
    Generation old = new Generation(new Profile(workloads), "p.json", 1, 30);
    Generation fewer = new Generation(new Profile(workloads.subList(0, 2)), "p.json", 1, 15);
    Generation other = new Generation(new Profile(workloads), "p.json", 12, 10);
    assertThat(old.traces()).hasSize(3);
    assertThat(fewer.traces()).hasSize(2);

    failAtEveryChange(
        "fewer generated traces of the same seed",
        it -> List.of(other, old).forEach(each -> GeneratedStores.write(each, it)),
        it -> GeneratedStores.write(fewer, it));
  }

  /** A recording of nothing but so many maps. */
  private TraceInput recording(String traceId, String workload, int maps) throws IOException {
    SampledEvent event = SampledEvent.of("raw_syscalls:sys_exit", 441, 7L);
    PerfDataBuilder recording = new PerfDataBuilder().event(event);
    for (int i = 0; i < maps; i++) {
      recording.code(event, 5, maps * 0x100_0000L + i * 0x1_0000L, "/bin/" + maps, i);
    }
    Path file = recording.writeTo(Files.createTempFile(folder, traceId, ".perf.data"));
    return new TraceInput(file.toString(), TraceFormat.PERF_DATA, workload, traceId);
  }

  /** A trace of so many frames and rejects; each has a file of its own. */
  private TraceInput input(String traceId, String workload, int frames, int rejects)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < frames; i++) {
      lines.append(FRAME.formatted(frames * 100 + i));
    }
    for (int i = 0; i < rejects; i++) {
      lines.append(REJECT.formatted(rejects * 100 + i));
    }
    Path file = Files.createTempFile(folder, traceId, ".jsonl");
    Files.writeString(file, lines);
    return new TraceInput(file.toString(), TraceFormat.JSONL, workload, traceId);
  }
}
