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
 * The machines that frames are judged for: each trace has its own, as far as that is known.
 *
 * @param asked what was asked for, which holds for all traces
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

  /** Who judges the frames of a trace by a model that was asked for by itself. */
  public Judge judge(String traceId, ExitModel model) {
    return judge(traceId, model, Set.of());
  }

  /**
   * Who judges the frames of a trace by a model.
   *
   * @param named the releases that the model was asked for by; none where by itself
   */
  Judge judge(String traceId, ExitModel model, Set<KernelRelease> named) {
    return new Judge(model, named(of(traceId, model), named), of(traceId).release(), named);
  }

  /** That machine, with what all the releases say of it that a model was asked for by. */
  private static Machine named(Machine machine, Set<KernelRelease> named) {
    Set<Machine> machines = named.stream().map(it -> it.on(machine)).collect(Collectors.toSet());
    return machines.size() == 1 ? machines.iterator().next() : machine;
  }

  /** Who judges the frames of a trace by the model of its own kernel, where that can judge. */
  public Optional<Judge> ownJudge(String traceId) {
    return ownModel(traceId).map(it -> judge(traceId, it));
  }

  /** The model of the kernel that a trace was recorded on, where it is known and can judge. */
  public Optional<ExitModel> ownModel(String traceId) {
    RecordedOn on = of(traceId);
    return on.model().filter(it -> it.supports(on.machine(it, asked)));
  }

  /** The traces whose own kernel's model is not known or cannot judge, by their ids. */
  public SortedMap<String, RecordedOn> withoutOwnModel() {
    SortedMap<String, RecordedOn> without = new TreeMap<>(recordedOn);
    without.keySet().removeIf(it -> ownModel(it).isPresent());
    return without;
  }

  /** Whether all that frames turned out to show was known. */
  public boolean know(TraceSigns signs) {
    return signs.byTrace().entrySet().stream()
        .allMatch(
            it -> it.getValue().stream().allMatch(sign -> of(it.getKey()).fact(sign).isYes()));
  }

  /** The same, and what frames turned out to show. */
  public Machines with(TraceSigns signs) {
    Map<String, RecordedOn> more = new TreeMap<>(recordedOn);
    signs.byTrace().forEach((trace, of) -> more.put(trace, of(trace).with(of)));
    return new Machines(asked, more);
  }
}
