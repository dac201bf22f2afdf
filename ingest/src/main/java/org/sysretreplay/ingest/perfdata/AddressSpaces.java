package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;

/**
 * Collects the events of address spaces in the order of the file, and works out at the end which
 * code was mapped when.
 */
final class AddressSpaces {

  /** Room for as many events of processes as of mappings. */
  private static final int MOST_EVENTS = 2 * ExecutableMaps.MOST;

  private final int mostMaps;
  private final List<AddressSpaceEvent> events = new ArrayList<>();

  /** Shares equal paths, of which there are few. */
  private final Map<String, String> paths = new HashMap<>();

  private long leftOut;

  AddressSpaces() {
    this(ExecutableMaps.MOST);
  }

  /** Keeps at most so many mappings. */
  AddressSpaces(int mostMaps) {
    this.mostMaps = mostMaps;
  }

  void take(AddressSpaceEvent event) {
    if (event instanceof AddressSpaceEvent.Unusable || events.size() == MOST_EVENTS) {
      leftOut++;
    } else if (event instanceof AddressSpaceEvent.Mapped it) {
      String path = paths.computeIfAbsent(it.path(), same -> same);
      events.add(
          new AddressSpaceEvent.Mapped(
              it.timeNanos(), it.pid(), it.start(), it.length(), it.offset(), path));
    } else {
      events.add(event);
    }
  }

  /** The mappings of all events so far. */
  ExecutableMaps maps() {
    events.sort(Comparator.comparingLong(AddressSpaceEvent::timeNanos));
    Timeline timeline = new Timeline();
    events.forEach(timeline::take);
    return new ExecutableMaps(
        timeline.all.stream().map(Live::map).toList(), leftOut + timeline.leftOut);
  }

  /** A mapping, which may still end. */
  private static final class Live {

    private final AddressSpaceEvent.Mapped mapped;
    private final int pid;
    private final OptionalLong since;
    private OptionalLong until = OptionalLong.empty();

    Live(AddressSpaceEvent.Mapped mapped, int pid, long since) {
      this.mapped = mapped;
      this.pid = pid;
      this.since = since == 0 ? OptionalLong.empty() : OptionalLong.of(since);
    }

    ExecutableMap map() {
      return new ExecutableMap(
          pid, since, until, mapped.start(), mapped.length(), mapped.offset(), mapped.path());
    }
  }

  private final class Timeline {

    private final List<Live> all = new ArrayList<>();
    private final Map<Integer, List<Live>> byPid = new HashMap<>();
    private long leftOut;

    void take(AddressSpaceEvent event) {
      if (event instanceof AddressSpaceEvent.Mapped it) {
        add(new Live(it, it.pid(), it.timeNanos()));
      } else if (event instanceof AddressSpaceEvent.Emptied it) {
        end(it.pid(), it.timeNanos());
      } else if (event instanceof AddressSpaceEvent.Copied it) {
        copy(it);
      }
    }

    private void add(Live map) {
      if (all.size() == mostMaps) {
        leftOut++;
      } else {
        all.add(map);
        byPid.computeIfAbsent(map.pid, it -> new ArrayList<>()).add(map);
      }
    }

    private void end(int pid, long time) {
      List<Live> ended = byPid.remove(pid);
      if (ended != null) {
        ended.forEach(it -> it.until = OptionalLong.of(time));
      }
    }

    /** Ends the mappings of an earlier process with the number of the new one. */
    private void copy(AddressSpaceEvent.Copied made) {
      List<Live> inherited = byPid.getOrDefault(made.parentPid(), List.of());
      end(made.pid(), made.timeNanos());
      if (inherited.size() > mostMaps - all.size()) {
        leftOut += inherited.size();
      } else {
        inherited.forEach(it -> add(new Live(it.mapped, made.pid(), made.timeNanos())));
      }
    }
  }
}
