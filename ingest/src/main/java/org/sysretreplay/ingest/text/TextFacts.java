package org.sysretreplay.ingest.text;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceHeader;

/** Facts about the trace that the lines of a text state, collected as the lines are read. */
public final class TextFacts {

  private final Losses losses = new Losses();
  private final AnnouncedExits announced = new AnnouncedExits();
  private final Set<String> events = new HashSet<>();
  private final Set<String> kernels = new HashSet<>();
  private TraceHeader header = TraceHeader.EMPTY;
  private boolean withRegisters;

  /** The samples that the recorder says it lost. */
  public Losses losses() {
    return losses;
  }

  /** The header of the trace, as far as the text states it. */
  public TraceHeader header() {
    return header;
  }

  /** Notes what a line adds to the header. */
  public void addToHeader(UnaryOperator<TraceHeader> line) {
    header = line.apply(header);
  }

  /**
   * Notes that a line says how many exits those behind it stand for; 0 if it does not tell.
   *
   * @param line its number, from 1
   */
  public void announceExits(long line, long exits) {
    announced.announce(line, exits);
  }

  /** The exits that lines announced. */
  AnnouncedExits announced() {
    return announced;
  }

  /** Notes a kernel whose exits follow. A text with exits of several kernels names none. */
  public void addKernel(String release) {
    kernels.add(release);
    header = header.withKernelRelease(kernels.size() == 1 ? release : "");
  }

  /**
   * Notes that a sample has registers. Registers are then printed for every sample that has any.
   */
  public void seeRegisters() {
    withRegisters = true;
  }

  /** Whether any sample had registers. */
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
