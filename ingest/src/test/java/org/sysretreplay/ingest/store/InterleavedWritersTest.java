package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.files.FaultyFileSystem;
import org.sysretreplay.ingest.files.FaultyFileSystem.Change;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.OutputException;

/**
 * Two writers of one store: the first stops before each of its changes of files in turn, the second
 * before each of its own; then the first goes on, and then the second. Readers look whenever both
 * stand still. The result is that of one writer after the other. Where bytes are added to a file
 * that has no name yet, which nobody can see, they stop with {@code -Dtests.long} only.
 */
class InterleavedWritersTest {

  private static final boolean ALL = Trust.isLong();
  private static final int EVERYTHING = Integer.MAX_VALUE;
  private static final long LIMIT_NANOS = 30_000_000_000L;

  private static final String FRAME =
      "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":1,\"rflags\":1,\"cs\":51,\"ss\":43}\n";

  @TempDir private Path folder;
  private Path start;
  private Path store;

  /** The content of a store: equal inputs make part files of equal bytes. */
  private record Trace(String workload, String id, Counts counts, List<String> parts) {

    static Trace of(TraceRow row) {
      List<String> parts =
          row.parts().stream().map(it -> it.table().folder() + " " + it.sha256()).toList();
      return new Trace(row.workload(), row.traceId(), row.counts(), parts);
    }
  }

  @BeforeEach
  void fillAStore() throws IOException {
    start = folder.resolve("start");
    store = folder.resolve("store");
    TraceStore target = TraceStore.at(start.toString());
    target.ingest(input("a", "w", 3));
    target.ingest(input("other", "w", 2));
  }

  private TraceInput input(String traceId, String workload, int frames) {
    try {
      StringBuilder lines = new StringBuilder("{\"rip\":%d}\n".formatted(frames));
      for (int i = 0; i < frames; i++) {
        lines.append(FRAME.formatted(frames * 100 + i));
      }
      Path file = Files.createTempFile(folder, traceId, ".jsonl");
      Files.writeString(file, lines);
      return new TraceInput(file.toString(), TraceFormat.JSONL, workload, traceId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Consumer<TraceStore> ingest(String traceId, String workload, int frames) {
    TraceInput input = input(traceId, workload, frames);
    return it -> it.ingest(input);
  }

  private Consumer<TraceStore> generate(int frames) {
    ProfileLearner learner = new ProfileLearner();
    learner.add(input("learnt", "generated", 9));
    Generation generation = new Generation(learner.profile(), "p.json", 1, frames);
    return it -> GeneratedStores.write(generation, it);
  }

  /** Repairs the store as {@code verify --repair} does. */
  private static void repair(TraceStore store) {
    StoreAudit audit = store.audit();
    if (audit.somebodyWrites()) {
      throw TraceStore.busy(store.location());
    }
    assertThat(audit.findings()).allMatch(Finding.LeftOver.class::isInstance);
    store.remove(audit.findings().stream().map(Finding.LeftOver.class::cast).toList());
  }

  /** The files that a dead writer left behind. */
  private void plantLeftOvers() throws IOException {
    Path part;
    try (Stream<Path> files = Files.walk(start.resolve("frames"))) {
      part = files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.copy(part, part.resolveSibling("part-00000-0123abcd-4567.parquet"));
    Files.writeString(part.resolveSibling(".x.writing"), "half");
  }

  /** A writer in a thread of its own, which stands still when it is told to. */
  private final class Writer {

    private final FaultyFileSystem files = FaultyFileSystem.watched(this::beforeChange);
    private final Thread thread;
    private long since;
    private int steps;
    private int next;
    private boolean standsStill;
    private boolean triesAgain;
    private Throwable failure;

    Writer(Consumer<TraceStore> work) {
      TraceStore target = TraceStore.in("the store", watched(FileTrees.at(files.at(store))));
      thread = new Thread(() -> run(work, target), "writer");
      thread.setDaemon(true);
    }

    private void run(Consumer<TraceStore> work, TraceStore target) {
      try {
        work.accept(target);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    /** Taking a lock is several changes, and nobody stops between them: see {@link #watched}. */
    private void beforeChange(Change change, Path path) {
      boolean isSeen = change != Change.WRITE && change != Change.FORCE;
      boolean isBelow = !path.getParent().equals(store);
      if (isBelow && (isSeen || ALL) || change == Change.CREATE_FOLDER && isNewTable(path)) {
        step();
      }
    }

    private boolean isNewTable(Path folder) {
      return !folder.getFileName().toString().startsWith(".") && Files.notExists(folder);
    }

    /**
     * Stops once before a lock is taken, however long that waits, and once before it is released.
     */
    private FileTree watched(FileTree tree) {
      return (FileTree)
          Proxy.newProxyInstance(
              FileTree.class.getClassLoader(),
              new Class<?>[] {FileTree.class},
              (proxy, method, arguments) -> {
                boolean takesLock = method.getReturnType().equals(Optional.class);
                if (takesLock && !triesAgain) {
                  step();
                }
                try {
                  Object result = method.invoke(tree, arguments);
                  return takesLock ? watched((Optional<?>) result) : result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private Optional<Closeable> watched(Optional<?> lock) {
      triesAgain = lock.isEmpty();
      return lock.map(Closeable.class::cast)
          .map(
              it ->
                  () -> {
                    step();
                    it.close();
                  });
    }

    private synchronized void step() {
      steps++;
      while (steps >= next) {
        standsStill = true;
        notifyAll();
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    /**
     * Goes on until it is about to make that change, has ended, or waits for the other.
     *
     * @return whether it waits for the other
     */
    boolean goTo(int change) {
      synchronized (this) {
        since = System.nanoTime();
        next = change;
        standsStill = false;
        notifyAll();
      }
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      }
      while (true) {
        synchronized (this) {
          if (standsStill || !thread.isAlive()) {
            return false;
          }
        }
        if (waitsForALock()) {
          return true;
        }
        sleep();
      }
    }

    private void sleep() {
      if (System.nanoTime() - since > LIMIT_NANOS) {
        throw new AssertionError("a writer hangs: " + List.of(thread.getStackTrace()));
      }
      LockSupport.parkNanos(50_000);
    }

    private boolean waitsForALock() {
      return thread.getState() == Thread.State.TIMED_WAITING
          && Stream.of(thread.getStackTrace())
              .anyMatch(it -> it.getClassName().equals(StoreLocks.class.getName()));
    }

    void end() throws InterruptedException {
      goTo(EVERYTHING);
      thread.join();
    }

    /** Whether it said that it cannot work now, which only a repair may say. */
    boolean refused() {
      if (failure instanceof OutputException e && e.getMessage().contains("is writing to it")) {
        return true;
      }
      if (failure != null) {
        throw new AssertionError("a writer failed", failure);
      }
      return false;
    }
  }

  /** Every pair of changes of two writers, and the result. */
  private final class Pairs {

    private final Consumer<TraceStore> first;
    private final Consumer<TraceStore> second;
    private final Set<Set<Trace>> states = new HashSet<>();
    private final Set<Set<Trace>> ends = new HashSet<>();
    private int pairs;
    private int waits;
    private int refusals;
    private int looks;

    Pairs(Consumer<TraceStore> first, Consumer<TraceStore> second) {
      this.first = first;
      this.second = second;
      states.add(content(start));
      addEnd(List.of(first, second));
      addEnd(List.of(second, first));
    }

    private void addEnd(List<Consumer<TraceStore>> order) {
      StoredFiles.copy(start, store);
      for (Consumer<TraceStore> each : order) {
        each.accept(TraceStore.at(store.toString()));
        states.add(content(store));
      }
      ends.add(content(store));
      assertSound();
      StoredFiles.delete(store);
    }

    Pairs run() throws InterruptedException {
      return run(EVERYTHING);
    }

    /** Only so many changes of each. */
    Pairs run(int most) throws InterruptedException {
      int ofFirst = Math.min(most, steps(first));
      int ofSecond = Math.min(most, steps(second));
      for (int i = 1; i <= ofFirst; i++) {
        boolean waits = false;
        // If the second waits before it comes to a change, it waits before all later ones too.
        for (int j = 1; j <= ofSecond && !waits; j++) {
          StoredFiles.copy(start, store);
          waits = interleave(i, j);
          StoredFiles.delete(store);
        }
      }
      return this;
    }

    private int steps(Consumer<TraceStore> work) throws InterruptedException {
      StoredFiles.copy(start, store);
      Writer alone = new Writer(work);
      alone.end();
      StoredFiles.delete(store);
      return alone.steps;
    }

    private boolean interleave(int i, int j) throws InterruptedException {
      Writer one = new Writer(first);
      Writer other = new Writer(second);
      one.goTo(i);
      look();
      boolean waits = other.goTo(j);
      look();
      this.waits += waits || one.goTo(EVERYTHING) ? 1 : 0;
      if (waits) {
        one.goTo(EVERYTHING);
      }
      other.goTo(EVERYTHING);
      one.end();
      other.end();
      if (one.refused() | other.refused()) {
        refusals++;
        repair(TraceStore.at(store.toString()));
      }
      pairs++;
      assertThat(content(store)).as("%d, %d", i, j).isIn(ends);
      assertSound();
      return waits;
    }

    /** A reader sees the content of before or after, whole. */
    private void look() {
      looks++;
      assertThat(content(store)).isIn(states);
    }

    private void assertSound() {
      StoreAudit audit = TraceStore.at(store.toString()).audit();
      assertThat(audit.somebodyWrites()).isFalse();
      assertThat(audit.findings()).isEmpty();
    }

    void print(String name) {
      Trust.observed(
          "%s at once, stopped at %,d pairs of changes: %,d waited, %,d refused; looked at %,d times,"
              + " all right in the end",
          name, pairs, waits, refusals, looks);
      assertThat(pairs).isGreaterThan(50);
    }
  }

  /** The content of the rows, whose part files have to be there. */
  private static Set<Trace> content(Path store) {
    Set<Trace> content = new HashSet<>();
    StoreSnapshot snapshot = TraceStore.at(store.toString()).read();
    for (TraceRow row : snapshot.traces()) {
      content.add(Trace.of(row));
      row.parts().forEach(it -> assertThat(store.resolve(row.path(it))).hasSize(it.sizeBytes()));
    }
    return content;
  }

  @Test
  void twoReadingsOfOneTrace() throws Exception {
    new Pairs(ingest("a", "w", 4), ingest("a", "w", 5)).run().print("two readings of one trace");
  }

  @Test
  void readingsOfTwoTraces() throws Exception {
    new Pairs(ingest("a", "w", 4), ingest("b", "w", 5)).run().print("readings of two traces");
  }

  @Test
  void twoReadingsOfOneTraceUnderOtherWorkloads() throws Exception {
    new Pairs(ingest("a", "one", 4), ingest("a", "two", 5))
        .run()
        .print("two readings of one trace under other workloads");
  }

  @Test
  void theFirstTwoReadingsOfANewStore() throws Exception {
    StoredFiles.delete(start);
    Files.createDirectory(start);
    new Pairs(ingest("a", "w", 4), ingest("b", "w", 5)).run(10).print("readings into a new store");
  }

  @Test
  void generatedTracesAndAReading() throws Exception {
    new Pairs(generate(30), ingest("a", "w", 5)).run().print("generated traces and a reading");
  }

  @Test
  void generatedTracesOfOneSeed() throws Exception {
    new Pairs(generate(30), generate(20)).run().print("generated traces of one seed");
  }

  @Test
  void aRepairAndAReading() throws Exception {
    plantLeftOvers();
    new Pairs(InterleavedWritersTest::repair, ingest("a", "w", 5))
        .run()
        .print("a repair and a reading");
  }

  @Test
  void aReadingAndARepair() throws Exception {
    plantLeftOvers();
    new Pairs(ingest("a", "w", 5), InterleavedWritersTest::repair)
        .run()
        .print("a reading and a repair");
  }
}
