package org.sysretreplay.analytics;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** A trace in a store, to look up frames in. */
public final class StoredTrace implements FrameSource {

  private final StoreSnapshot store;
  private final TraceRow trace;
  private final StoredFrameLookup frames;

  private StoredTrace(StoreSnapshot store, TraceRow trace) {
    this.store = store;
    this.trace = trace;
    frames = new StoredFrameLookup(store.parts(trace, Long.MAX_VALUE), store.options());
  }

  /**
   * All traces of a store.
   *
   * @throws TraceException where it has none, or cannot be read
   */
  public static List<FrameSource> in(String location) {
    return in(location, Map.of());
  }

  /**
   * All traces of a store.
   *
   * @param options settings of the Hadoop file system that it lies on
   * @throws TraceException where it has none, or cannot be read
   */
  public static List<FrameSource> in(String location, Map<String, String> options) {
    return ChangingStores.ask(
        () -> List.of(read(location, options)),
        stores -> stores.get(0).traces().stream().map(it -> of(stores.get(0), it)).toList());
  }

  private static FrameSource of(StoreSnapshot store, TraceRow trace) {
    return new StoredTrace(store, trace);
  }

  /**
   * What a store holds now.
   *
   * @throws TraceException where it has no trace, or cannot be read
   */
  static StoreSnapshot read(String location, Map<String, String> options) {
    StoreSnapshot store = TraceStore.toRead(location, options).read();
    if (store.isEmpty()) {
      throw TraceException.of(
          location,
          "there is no trace in this store",
          "ingest one, or wait for what records into it");
    }
    return store;
  }

  @Override
  public String workload() {
    return trace.workload();
  }

  @Override
  public String traceId() {
    return trace.traceId();
  }

  @Override
  public RecordedOn recordedOn() {
    return recordedOn(trace);
  }

  /** What is known of the kernel and the machine that a stored trace was recorded on. */
  public static RecordedOn recordedOn(TraceRow row) {
    return new RecordedOn(row.header().kernelRelease(), row.machine());
  }

  @Override
  public Optional<FrameStory> find(long seq, Reading reading) {
    return ask(now -> now.frames.read(seq, reading).map(now::story));
  }

  /**
   * The result of the work on this trace, or on the trace as the store has it now if that changed.
   */
  private <T> T ask(Function<StoredTrace, T> work) {
    return ChangingStores.ask(
        List.of(store),
        () -> List.of(read(store.location(), store.options())),
        stores -> work.apply(in(stores.get(0))));
  }

  private StoredTrace in(StoreSnapshot now) {
    return now.traces().stream()
        .filter(it -> it.workload().equals(workload()) && it.traceId().equals(traceId()))
        .findFirst()
        .map(it -> new StoredTrace(now, it))
        .orElse(this);
  }

  private FrameStory story(ExitFrame frame) {
    return new FrameStory(
        workload(), traceId(), frame, events(frame), trace.header().sampling(), true);
  }

  private List<ThreadEvent> events(ExitFrame frame) {
    OptionalLong thread = frame.task().thread();
    if (thread.isEmpty()) {
      return List.of();
    }
    TreeSet<Long> seqs = new TreeSet<>(List.of(frame.seq()));
    seqs.addAll(frames.nearest(frame.seq(), thread.getAsLong(), FrameStory.NEIGHBOURS));
    return frames.read(seqs, Reading.ASSEMBLED).stream().map(ThreadEvent::of).toList();
  }

  @Override
  public Set<MachineSign> signs(Reading reading) {
    return ask(now -> now.signsNow(reading));
  }

  private Set<MachineSign> signsNow(Reading reading) {
    Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
    try (ParquetFiles files = new ParquetFiles(store.options())) {
      PartCounter parts = new PartCounter(files, FrameOrigin.STORE, reading);
      for (FramePart part : store.parts(trace, Long.MAX_VALUE)) {
        parts.forEach(
            part, (frame, rows, exits) -> signs.addAll(MachineSign.of(frame, frame.stage())));
      }
    }
    return signs;
  }

  @Override
  public Extent extent() {
    return new Extent(frames.end(), trace.counts().rejected());
  }
}
