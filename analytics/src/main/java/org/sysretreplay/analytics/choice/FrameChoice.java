package org.sysretreplay.analytics.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sysretreplay.analytics.FrameSource;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.StoredTrace;
import org.sysretreplay.analytics.TraceFile;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The frame that a user names, and its trace.
 *
 * @param signs what the frames show of the trace's machine; read from all frames only if needed
 */
public record FrameChoice(FrameSource trace, FrameStory story, Set<MachineSign> signs) {

  public FrameChoice {
    signs = Set.copyOf(signs);
  }

  /**
   * Looks a frame up.
   *
   * @param sources traces, stores and folders of either
   * @param frame its number, with its trace before it if there are several
   * @param format the format of every file; detected from its first bytes if empty
   * @param bounds how much data a file may expand to
   * @param options settings of the Hadoop file systems that stores lie on
   * @param unreadable receives the errors of other files that could not be read
   * @throws ChoiceException if there is no such frame, or it has no story of its own
   * @throws TraceException if nothing can be read
   */
  public static FrameChoice find(
      List<String> sources,
      String frame,
      Optional<TraceFormat> format,
      Bounds bounds,
      Reading reading,
      Map<String, String> options,
      Consumer<TraceException> unreadable) {
    FrameId id = FrameId.parse(frame);
    List<Placed> traces = traces(sources, format, bounds, options, unreadable);
    Placed chosen = choose(id, traces, String.join(", ", sources));
    FrameSource trace = chosen.trace();
    Optional<FrameStory> found = trace.find(id.seq(), reading);
    requireOne(chosen, found, traces, id.seq(), reading);
    FrameStory story = story(trace, id.seq(), found);
    return new FrameChoice(trace, story, signs(trace, story.frame(), reading));
  }

  /**
   * The name to look a frame up by: {@code TRACE:12}.
   *
   * @param trace the id of its trace, or its workload, a slash and the id
   */
  public static String name(String trace, long seq) {
    return FrameId.name(trace, seq);
  }

  /** What is known of the trace's machine. */
  public Machines machines(Machine asked) {
    return new Machines(asked, Map.of(trace.traceId(), trace.recordedOn().with(signs)));
  }

  /** Contradictions in what is known of the machine. */
  public List<Sentence> notes(Machine asked) {
    return MachineNotes.of(machines(asked), TraceSigns.of(trace.traceId(), signs));
  }

  /**
   * The signs of all frames of the trace, so that the frame is judged as a report judges it; reads
   * the trace only if the machine is not known otherwise.
   */
  private static Set<MachineSign> signs(FrameSource trace, ExitFrame frame, Reading reading) {
    RecordedOn on = trace.recordedOn();
    boolean known =
        Stream.of(MachineSign.values()).map(on::fact).allMatch(it -> it.isYes() || it.isNo());
    return known ? MachineSign.of(frame, frame.assembly().stage()) : trace.signs(reading);
  }

  /**
   * A trace of the sources.
   *
   * @param place the file or the store that it is in
   */
  private record Placed(String place, FrameSource trace) {

    boolean isCalledAs(Placed other) {
      return trace.name().equals(other.trace.name());
    }

    boolean isJudgedAs(Placed other) {
      return trace.recordedOn().isJudgedAs(other.trace.recordedOn());
    }
  }

  /** All traces of the sources: files come first, since they have more events than stores. */
  private static List<Placed> traces(
      List<String> sources,
      Optional<TraceFormat> format,
      Bounds bounds,
      Map<String, String> options,
      Consumer<TraceException> unreadable) {
    List<Path> here = new ArrayList<>();
    List<String> stores = new ArrayList<>();
    for (String source : sources) {
      FileTrees.local(source).ifPresentOrElse(here::add, () -> stores.add(source));
    }
    TraceInputs found = TraceInputs.find(here, Optional.empty(), format, bounds);
    found.stores().forEach(it -> stores.add(it.toString()));
    List<Placed> traces = new ArrayList<>();
    found.traces().forEach(it -> traces.add(new Placed(it.file(), new TraceFile(it))));
    for (String store : stores) {
      StoredTrace.in(store, options).forEach(it -> traces.add(new Placed(store, it)));
    }
    if (traces.isEmpty()) {
      throw found.unreadable().get(0);
    }
    found.unreadable().forEach(unreadable);
    return traces;
  }

  /** The first trace with the name that is meant. */
  private static Placed choose(FrameId id, List<Placed> traces, String sources) {
    Map<String, Placed> byName = new LinkedHashMap<>();
    traces.forEach(it -> byName.putIfAbsent(it.trace().name(), it));
    List<FrameSource> named = byName.values().stream().map(Placed::trace).toList();
    return byName.get(id.choose(named, sources).name());
  }

  /**
   * Makes sure that the name means one recording, which may be in several places: hosts that record
   * into the same path give their traces the same name.
   */
  private static void requireOne(
      Placed chosen, Optional<FrameStory> found, List<Placed> traces, long seq, Reading reading) {
    for (Placed other : traces) {
      if (other != chosen
          && other.isCalledAs(chosen)
          && !(other.isJudgedAs(chosen) && isSame(found, other.trace().find(seq, reading)))) {
        throw ChoiceException.of(
            "%s: two traces are called so, in %s and in %s; name one of these places.",
            FrameId.name(chosen.trace().name(), seq), chosen.place(), other.place());
      }
    }
  }

  private static boolean isSame(Optional<FrameStory> one, Optional<FrameStory> other) {
    return one.map(FrameStory::frame).equals(other.map(FrameStory::frame));
  }

  private static FrameStory story(FrameSource trace, long seq, Optional<FrameStory> found) {
    FrameStory story = found.orElseThrow(() -> noSuchFrame(trace, seq));
    if (story.frame().assembly().stage() == Stage.IN_KERNEL) {
      throw ChoiceException.of(
          "frame %d of %s is %s; %s explains it all the same.",
          seq, trace.name(), Stage.IN_KERNEL.sentence(), OptionName.AS_RECORDED);
    }
    if (story.frame().count() > 1) {
      throw ChoiceException.of(
          "frame %d of %s stands for %,d exits that were counted together and have no story of their"
              + " own; explain their registers by hand, with --rip and so on.",
          seq, trace.name(), story.frame().count());
    }
    return story;
  }

  private static ChoiceException noSuchFrame(FrameSource trace, long seq) {
    FrameSource.Extent extent = trace.extent();
    String frames =
        extent.frames() == 0
            ? "it holds none"
            : "name one from 0 to %d".formatted(extent.frames() - 1);
    String rejects =
        extent.rejected() == 0
            ? ""
            : "; rejected records have no number, of which there are " + extent.rejected();
    return ChoiceException.of(
        "%s: there is no frame %d; %s%s.", trace.name(), seq, frames, rejects);
  }
}
