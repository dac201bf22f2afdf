package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;

/**
 * The kernel and the machine that a trace was recorded on, as far as is known: by what the trace
 * says of itself, by the facts that were kept beside it, and by what its frames show. Frames cannot
 * lie, so they come first.
 *
 * @param headerRelease of the kernel, by the trace itself; empty where it does not say
 * @param facts what was written when it was recorded
 * @param signs what its frames are known to show
 */
public record RecordedOn(String headerRelease, MachineFacts facts, Set<MachineSign> signs)
    implements Serializable {

  /** A trace of which nothing is known. */
  public static final RecordedOn NOT_KNOWN = new RecordedOn("", MachineFacts.NOT_KNOWN, Set.of());

  public RecordedOn {
    signs = Set.copyOf(signs);
  }

  /** What is known of a trace before its frames were looked at. */
  public RecordedOn(String headerRelease, MachineFacts facts) {
    this(headerRelease, facts, Set.of());
  }

  /** The same, and what the frames show. */
  public RecordedOn with(Set<MachineSign> more) {
    Set<MachineSign> all = new TreeSet<>(signs);
    all.addAll(more);
    return new RecordedOn(headerRelease, facts, all);
  }

  /** Whether the facts are of another kernel than the trace, so that they tell nothing of it. */
  public boolean hasFactsOfAnother() {
    return !headerRelease.isEmpty()
        && !facts.kernelRelease().isEmpty()
        && !headerRelease.equals(facts.kernelRelease());
  }

  /** Whether the other trace was recorded on another kernel or machine, as far as both tell. */
  public boolean contradicts(RecordedOn other) {
    boolean isOtherKernel =
        !release().isEmpty() && !other.release().isEmpty() && !release().equals(other.release());
    return isOtherKernel
        || Stream.of(MachineSign.values()).anyMatch(it -> differ(stated(it), other.stated(it)));
  }

  /**
   * Whether every model judges frames alike on both: what one tells and decides a verdict, the
   * other tells as well.
   */
  public boolean isJudgedAs(RecordedOn other) {
    return release().equals(other.release())
        && Stream.of(MachineSign.values())
            .allMatch(it -> fact(it).isYes() == other.fact(it).isYes());
  }

  private static boolean differ(Fact one, Fact other) {
    return one != Fact.NOT_KNOWN && other != Fact.NOT_KNOWN && one != other;
  }

  private MachineFacts usedFacts() {
    return hasFactsOfAnother() ? MachineFacts.NOT_KNOWN : facts;
  }

  /** The kernel's release as {@code uname -r} prints it; empty where nothing says it. */
  public String release() {
    return headerRelease.isEmpty() ? facts.kernelRelease() : headerRelease;
  }

  /** The model of the kernel, where that is known. */
  public Optional<ExitModel> model() {
    return fred().isYes()
        ? Optional.of(ExitModels.FRED)
        : KernelRelease.parse(release()).map(KernelRelease::model);
  }

  /** Whether its kernel can run with 5-level paging; true where nothing tells. */
  public boolean canHave5Levels() {
    return model().filter(it -> !it.supports(Machine.TRACED.withLa57(true))).isEmpty()
        && KernelRelease.parse(release()).filter(it -> !it.canHave5Levels()).isEmpty();
  }

  /** Whether FRED was active. */
  public Fact fred() {
    return fact(MachineSign.FRED);
  }

  /** Whether the machine had what the sign is of. */
  public Fact fact(MachineSign sign) {
    return signs.contains(sign) ? Fact.YES : stated(usedFacts(), sign);
  }

  /** What the facts say that were kept beside the trace, whatever frames show. */
  public Fact stated(MachineSign sign) {
    return stated(usedFacts(), sign);
  }

  private static Fact stated(MachineFacts facts, MachineSign sign) {
    return switch (sign) {
      case FRED -> facts.fred();
      case LA57 -> facts.la57();
      case XEN_PV -> facts.xenPv();
    };
  }

  /**
   * The machine that a model judges for: what was asked for, and what is known. A model that cannot
   * run with 5-level paging judges as with 4 levels; the trace's own kernel has what its release is
   * known for.
   */
  public Machine machine(ExitModel model, Machine asked) {
    Machine known =
        asked
            .withXenPv(asked.xenPv() || fact(MachineSign.XEN_PV).isYes())
            .withLa57(asked.la57() || fact(MachineSign.LA57).isYes());
    boolean isOwn = model().filter(it -> it.id().equals(model.id())).isPresent();
    boolean isAble = model.supports(known) && (!isOwn || canHave5Levels());
    Machine able = isAble ? known : known.withLa57(asked.la57());
    return isOwn ? KernelRelease.parse(release()).map(it -> it.on(able)).orElse(able) : able;
  }
}
