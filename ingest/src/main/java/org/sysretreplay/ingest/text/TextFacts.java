package org.sysretreplay.ingest.text;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceHeader;

/** What the lines of a text say of the trace, as far as they were read. */
public final class TextFacts {

  private final Losses losses = new Losses();
  private final Set<String> events = new HashSet<>();
  private TraceHeader header = TraceHeader.EMPTY;
  private boolean withRegisters;

  /** How many samples the recorder lost. */
  public Losses losses() {
    return losses;
  }

  /** What the text says of the trace itself. */
  public TraceHeader header() {
    return header;
  }

  /** Notes what a line adds to the header. */
  public void addToHeader(UnaryOperator<TraceHeader> line) {
    header = line.apply(header);
  }

  /** Notes that a sample has registers, so that they are printed where there are any. */
  public void seeRegisters() {
    withRegisters = true;
  }

  /** Whether a sample had registers. */
  boolean haveRegisters() {
    return withRegisters;
  }

  /** Notes that an event was recorded, and how much of it. */
  public void addEvent(String name, Sampling sampling) {
    events.add(name);
    if (TracepointEvents.matters(name)) {
      header = header.withSampling(header.sampling().plus(sampling));
    }
  }

  /** The names of the recorded events. */
  public Set<String> events() {
    return events;
  }
}
