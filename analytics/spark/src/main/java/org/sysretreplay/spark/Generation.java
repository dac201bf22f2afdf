package org.sysretreplay.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.trace.Counts;

/**
 * A request for synthetic frames, distributed like those of real recordings. Immutable; nothing
 * happens before {@link #into}. The same recordings, numbers and names give the same frames.
 */
public final class Generation {

  private final Session session;
  private final long frames;
  private final Selection traces;
  private final long seed;
  private final String prefix;
  private final int workloads;

  Generation(Session session, long frames, Selection traces) {
    this(session, frames, traces, 1, "", 0);
  }

  private Generation(
      Session session, long frames, Selection traces, long seed, String prefix, int workloads) {
    this.session = session;
    this.frames = frames;
    this.traces = traces;
    this.seed = seed;
    this.prefix = prefix;
    this.workloads = workloads;
  }

  /**
   * Sets the seed; another seed gives other frames. Frames of the same seed in the store are
   * replaced, and those of other seeds stay.
   */
  public Generation seed(long number) {
    return new Generation(session, frames, traces, number, prefix, workloads);
  }

  /**
   * Makes workloads that are alike, such as the hosts of a fleet, in place of the recordings' own:
   * {@code host-1}, {@code host-2} and so on.
   *
   * @param name the text before the number, such as {@code host-}
   * @param count how many workloads, at least 1
   * @throws SysretReplayException if it is less
   */
  public Generation workloads(String name, int count) {
    if (count < 1) {
      throw new SysretReplayException(
          "workloads(%s, %d): give a number from 1 on.".formatted(name, count));
    }
    return new Generation(session, frames, traces, seed, name, count);
  }

  /**
   * Writes the frames into a store, as the command {@code generate} does: all of them or none.
   *
   * @param store a folder, or a URI of any file system that Hadoop knows; it is created if it does
   *     not exist
   * @throws SysretReplayException if there is nothing to learn from, a recording cannot be read, or
   *     the store cannot be written
   */
  public Store into(String store) {
    return Failures.told(() -> generate(store));
  }

  private Store generate(String store) {
    if (frames < 1 || frames > org.sysretreplay.ingest.generate.Generation.MOST_FRAMES) {
      throw new SysretReplayException(
          String.format(
              Locale.ROOT,
              "%,d frames cannot be generated; ask for 1 to %,d.",
              frames,
              org.sysretreplay.ingest.generate.Generation.MOST_FRAMES));
    }
    Notes notes = new Notes();
    Profile profile = named(learnt(notes));
    var generation =
        new org.sysretreplay.ingest.generate.Generation(profile, traces.names(), seed, frames);
    Engine engine = session.engine();
    List<Store.Trace> made = new ArrayList<>();
    Counts total =
        engine.generate(
            generation, session.places().of(store), (trace, counts) -> made.add(of(trace, counts)));
    return new Store(session, store, made, InputCounts.of(total), notes.all());
  }

  private Profile learnt(Notes notes) {
    FoundSources found = traces.answers().find(notes);
    if (!found.stores().isEmpty()) {
      throw new SysretReplayException(
          found.stores().get(0) + ": this is a store; learn from the traces that it was made of.");
    }
    Profile profile = ProfileLearner.learn(found.traces(), it -> notes.add(it.getMessage()));
    if (profile.workloads().isEmpty()) {
      throw new SysretReplayException(
          traces.names() + ": there is no frame to learn from; give a trace that has some.");
    }
    return profile;
  }

  private Profile named(Profile profile) {
    if (workloads == 0) {
      return profile;
    }
    List<Profile.Workload> alike = profile.workloads();
    return new Profile(
        IntStream.rangeClosed(1, workloads)
            .boxed()
            .flatMap(number -> alike.stream().map(it -> it.named(prefix + number)))
            .toList());
  }

  private static Store.Trace of(GeneratedTrace trace, Counts counts) {
    return new Store.Trace(
        trace.source(), trace.workload(), trace.traceId(), InputCounts.of(counts));
  }
}
