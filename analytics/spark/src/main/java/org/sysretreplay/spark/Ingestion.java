package org.sysretreplay.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.InputNotes;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;

/** A request to put traces into a store. Immutable; nothing happens before {@link #into}. */
public final class Ingestion {

  private final Session session;
  private final Selection traces;

  Ingestion(Session session, Selection traces) {
    this.session = session;
    this.traces = traces;
  }

  /** Stores everything under this workload, in place of each trace's own. */
  public Ingestion workload(String name) {
    return new Ingestion(session, traces.workload(name));
  }

  /**
   * Reads every file in this format, in place of the one detected from its first bytes.
   *
   * @param id for example {@code perf-data}; {@code auto} to detect it
   * @throws SysretReplayException if there is no such format
   */
  public Ingestion format(String id) {
    return new Ingestion(session, traces.format(id));
  }

  /** Skips what cannot be read, which fails the request otherwise. */
  public Ingestion skipUnreadable() {
    return new Ingestion(session, traces.skipUnreadable());
  }

  /**
   * Reads the traces into a store, as the command {@code ingest} does: each whole or not at all,
   * replacing an earlier ingest of it.
   *
   * @param store a folder, or a URI of any file system that Hadoop knows; it is created if it does
   *     not exist
   * @throws SysretReplayException if a trace cannot be read or the store cannot be written; traces
   *     that were read before that are in the store. Also if everything is written and a trace has
   *     no frame
   */
  public Store into(String store) {
    return Failures.told(
        () -> {
          Notes notes = new Notes();
          FoundSources found = traces.answers().find(notes);
          if (!found.stores().isEmpty()) {
            throw new SysretReplayException(
                found.stores().get(0) + ": this is a store already; read(...) takes it as it is.");
          }
          notes.add(MachineNotes.ofFiles(found.recordedOn()));
          Engine engine = session.engine();
          List<Store.Trace> read = new ArrayList<>();
          Counts total =
              engine.ingest(found.traces(), session.places().of(store), told(store, read, notes));
          requireAny(found, read, notes);
          notes.add(InputNotes.lost(total));
          requireFrames(read, notes);
          return new Store(session, store, read, InputCounts.of(total), notes.all());
        });
  }

  /** Fails if every trace was skipped. */
  private static void requireAny(FoundSources found, List<Store.Trace> read, Notes notes) {
    if (read.isEmpty() && !found.traces().isEmpty()) {
      throw new SysretReplayException(String.join(" ", notes.all()));
    }
  }

  /** Fails if a trace has no frame, unless such traces are skipped. */
  private void requireFrames(List<Store.Trace> read, Notes notes) {
    if (!traces.isLenient() && read.stream().anyMatch(it -> it.input().accepted() == 0)) {
      throw new SysretReplayException(String.join(" ", notes.all()));
    }
  }

  private Engine.Ingesting told(String store, List<Store.Trace> read, Notes notes) {
    return new Engine.Ingesting() {
      @Override
      public void done(TraceInput trace, Counts counts) {
        read.add(trace(trace, counts, store, notes));
      }

      @Override
      public void sampled(TraceInput trace, Sampling sampling) {
        notes.add(InputNotes.sampled(trace, sampling));
      }

      @Override
      public void refused(TraceInput trace, String why) {
        if (!traces.isLenient()) {
          throw new SysretReplayException(why);
        }
        notes.add(why);
      }
    };
  }

  private static Store.Trace trace(TraceInput trace, Counts counts, String store, Notes notes) {
    notes.add(InputNotes.exitless(trace, counts));
    if (counts.rejected() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d records were rejected; read(\"%s\").report().notes() says why.",
              trace.file(),
              counts.rejected(),
              counts.seen(),
              store));
    }
    return new Store.Trace(trace.file(), trace.workload(), trace.traceId(), InputCounts.of(counts));
  }
}
