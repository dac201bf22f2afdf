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
 * Collects what becomes of address spaces in the order of the file, and tells at the end which code
 * was mapped when.
 */
final class AddressSpaces {

  /** Beside maps there are as many processes at most. */
  private static final int MOST_EVENTS = 2 * ExecutableMaps.MOST;

  private final int mostMaps;
  private final List<SpaceEvent> events = new ArrayList<>();

  /** Paths are few beside maps. */
  private final Map<String, String> paths = new HashMap<>();

  private long leftOut;

  AddressSpaces() {
    this(ExecutableMaps.MOST);
  }

  /** Keeps so many maps. */
  AddressSpaces(int mostMaps) {
    this.mostMaps = mostMaps;
  }

  void take(SpaceEvent event) {
    if (event instanceof SpaceEvent.Unusable || events.size() == MOST_EVENTS) {
      leftOut++;
    } else if (event instanceof SpaceEvent.Mapped it) {
      String path = paths.computeIfAbsent(it.path(), same -> same);
      events.add(
          new SpaceEvent.Mapped(
              it.timeNanos(), it.pid(), it.start(), it.length(), it.offset(), path));
    } else {
      events.add(event);
    }
  }

  /** The maps of all that was collected. */
  ExecutableMaps maps() {
    events.sort(Comparator.comparingLong(SpaceEvent::timeNanos));
    Replay replay = new Replay();
    events.forEach(replay::take);
    return new ExecutableMaps(
        replay.all.stream().map(Live::map).toList(), leftOut + replay.leftOut);
  }

  /** A map whose end may come. */
  private static final class Live {

    private final SpaceEvent.Mapped mapped;
    private final int pid;
    private final OptionalLong since;
    private OptionalLong until = OptionalLong.empty();

    Live(SpaceEvent.Mapped mapped, int pid, long since) {
      this.mapped = mapped;
      this.pid = pid;
      this.since = since == 0 ? OptionalLong.empty() : OptionalLong.of(since);
    }

    ExecutableMap map() {
      return new ExecutableMap(
          pid, since, until, mapped.start(), mapped.length(), mapped.offset(), mapped.path());
    }
  }

  private final class Replay {

    private final List<Live> all = new ArrayList<>();
    private final Map<Integer, List<Live>> byPid = new HashMap<>();
    private long leftOut;

    void take(SpaceEvent event) {
      if (event instanceof SpaceEvent.Mapped it) {
        add(new Live(it, it.pid(), it.timeNanos()));
      } else if (event instanceof SpaceEvent.Emptied it) {
        end(it.pid(), it.timeNanos());
      } else if (event instanceof SpaceEvent.Copied it) {
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

    /** A number that goes to a new process is no longer that of the one before. */
    private void copy(SpaceEvent.Copied made) {
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
