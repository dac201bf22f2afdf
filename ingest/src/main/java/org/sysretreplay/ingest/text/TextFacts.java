package org.sysretreplay.ingest.text;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.text.AnnouncedExits.Missing;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Facts about the trace that the lines of a text state, collected as the lines are read. */
public final class TextFacts {

  private final Losses losses = new Losses();
  private final AnnouncedExits announced = new AnnouncedExits();
  private final Set<String> events = new HashSet<>();
  private final Map<HeaderFact, Told> told = new EnumMap<>(HeaderFact.class);
  private TraceHeader header = TraceHeader.EMPTY;
  private boolean withRegisters;

  /**
   * The values of one fact.
   *
   * @param isOne whether all of them are the last
   */
  private record Told(String last, boolean isOne) {

    Told and(Told next) {
      return new Told(next.last, isOne && last.equals(next.last));
    }
  }

  /** The samples that the recorder says it lost. */
  public Losses losses() {
    return losses;
  }

  /** The header of the trace, as far as the text states it. */
  public TraceHeader header() {
    return header;
  }

  /**
   * Notes a fact about what follows. Of a text that says different things, since it was put
   * together of several, nothing is known.
   */
  public void add(HeaderFact fact, String value) {
    Told now = told.merge(fact, new Told(value, true), Told::and);
    header = fact.in(header, now.isOne() ? value : "");
  }

  /** The header for what follows: of each fact the value that the text said last. */
  TraceHeader headerOfPart() {
    TraceHeader part = header;
    for (Map.Entry<HeaderFact, Told> it : told.entrySet()) {
      part = it.getKey().in(part, it.getValue().last());
    }
    return part;
  }

  /**
   * Notes that a line says how many exits those behind it stand for; 0 if it does not tell.
   *
   * @param line its number, from 1
   */
  public void announceExits(long line, long exits) {
    announced.announce(line, exits);
  }

  /** Notes a record, which may be among those that were announced last. */
  public void take(TraceRecord record) {
    announced.take(record);
  }

  /** Notes that nothing follows. */
  public void end() {
    announced.compare();
  }

  /** The rejects for what is missing of what was announced, each of which is given once. */
  public List<Rejected> takeMissing(String source) {
    return announced.takeMissing().stream().map(it -> rejected(source, it)).toList();
  }

  private static Rejected rejected(String source, Missing missing) {
    Place announced = Place.ofLine(source, missing.line());
    return new Rejected(new Reject(announced, RejectReason.LINES_MISSING, missing.detail(), ""));
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
