package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;

/**
 * The machines that frames are judged for: what the user asked for, with what is known of each
 * trace's own machine.
 *
 * @param asked what the user asked for, which holds for all traces
 * @param recordedOn what is known of each trace, by its id
 */
public record Machines(Machine asked, Map<String, RecordedOn> recordedOn) implements Serializable {

  public Machines {
    recordedOn = Map.copyOf(recordedOn);
  }

  /** One machine for all traces. */
  public static Machines of(Machine asked) {
    return new Machines(asked, Map.of());
  }

  /** What is known of a trace. */
  public RecordedOn of(String traceId) {
    return recordedOn.getOrDefault(traceId, RecordedOn.NOT_KNOWN);
  }

  /** The machine that a model judges a trace for. */
  public Machine of(String traceId, ExitModel model) {
    return of(traceId).machine(model, asked);
  }

  /** Judges the frames of a trace by a model that was named by its id. */
  public Judge judge(String traceId, ExitModel model) {
    return judge(traceId, model, Set.of());
  }

  /**
   * Judges the frames of a trace by a model.
   *
   * @param named the kernel releases by which the user named the model; empty if by its id
   */
  Judge judge(String traceId, ExitModel model, Set<KernelRelease> named) {
    return new Judge(model, named(of(traceId, model), named), of(traceId).release(), named);
  }

  /** The machine with what the named releases say about it, if they all say the same. */
  private static Machine named(Machine machine, Set<KernelRelease> named) {
    Set<Machine> machines = named.stream().map(it -> it.on(machine)).collect(Collectors.toSet());
    return machines.size() == 1 ? machines.iterator().next() : machine;
  }

  /**
   * Judges the frames of a trace by the model of its own kernel; empty if that is not known or does
   * not run on the machine.
   */
  public Optional<Judge> ownJudge(String traceId) {
    return ownModel(traceId).map(it -> judge(traceId, it));
  }

  /**
   * The model of the kernel that a trace was recorded on; empty if it is not known or does not run
   * on the machine.
   */
  public Optional<ExitModel> ownModel(String traceId) {
    RecordedOn on = of(traceId);
    return on.model().filter(it -> !on.machine(it, asked).la57() || on.canHave5Levels());
  }

  /** The traces for which {@link #ownModel} is empty, by their ids. */
  public SortedMap<String, RecordedOn> withoutOwnModel() {
    SortedMap<String, RecordedOn> without = new TreeMap<>(recordedOn);
    without.keySet().removeIf(it -> ownModel(it).isPresent());
    return without;
  }

  /** Whether all signs that the frames showed were known before. */
  public boolean know(TraceSigns signs) {
    return signs.byTrace().entrySet().stream()
        .allMatch(
            it -> it.getValue().stream().allMatch(sign -> of(it.getKey()).fact(sign).isYes()));
  }

  /** The same machines with the signs that the frames showed. */
  public Machines with(TraceSigns signs) {
    Map<String, RecordedOn> more = new TreeMap<>(recordedOn);
    signs.byTrace().forEach((trace, of) -> more.put(trace, of(trace).with(of)));
    return new Machines(asked, more);
  }
}
