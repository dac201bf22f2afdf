package org.sysretreplay.emulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What one walk of one model over a frame space finds: whether the model is the straight code, and
 * what the law says of the frames that pass and of those that miss a single check.
 *
 * <p>The straight code judges every frame. Of the model, {@link CheckParts} says which checks fail,
 * and {@link ExitModel#check} what follows from that: it is asked for every set of failing checks
 * once for each RIP, and of every {@link #WHOLE_EVERY}th frame besides; in any space but the whole
 * one it is asked of every frame.
 *
 * @param frames how many frames were walked
 * @param judgedWhole how many of them {@link ExitModel#check} was asked of
 * @param hits how many of them the model returns by SYSRET
 * @param disagreement a frame on which model and straight code disagree
 * @param breach a frame that the model returns by SYSRET although that breaks the law, TF clear
 * @param steppingHits how many hits have TF set in R11
 * @param lawfulSteppingHits how many of those keep the law all the same
 * @param needed for a check, a frame that misses only this check and breaks the law: without the
 *     check the model is wrong
 * @param stricter for a check, a frame that misses only this check and keeps the law: the check
 *     refuses more than it has to
 */
record ModelWalk(
    long frames,
    long judgedWhole,
    long hits,
    Optional<Registers> disagreement,
    Optional<Registers> breach,
    long steppingHits,
    long lawfulSteppingHits,
    Map<MissReason, Registers> needed,
    Map<MissReason, Registers> stricter) {

  /** Coprime to the size of every register's values, so that all of them take part. */
  static final int WHOLE_EVERY = 101;

  private record Key(String model, Machine machine) {}

  private static final Map<Key, ModelWalk> DONE = new ConcurrentHashMap<>();

  /** The walk of a model that has a check; over the whole space it is made once for all tests. */
  static ModelWalk of(FrameSpace space, String model, Machine machine) {
    return space == FrameSpace.WHOLE
        ? DONE.computeIfAbsent(new Key(model, machine), key -> walk(space, model, machine))
        : walk(space, model, machine);
  }

  private static ModelWalk walk(FrameSpace space, String model, Machine machine) {
    CheckParts parts = new CheckParts(modelOf(model), space, machine);
    int wholeEvery = space == FrameSpace.WHOLE ? WHOLE_EVERY : 1;
    return space.walk(() -> new Judge(model, machine, parts, wholeEvery)).stream()
        .map(Judge::found)
        .reduce(ModelWalk::plus)
        .orElseThrow();
  }

  private static ExitModel modelOf(String id) {
    return ExitModels.byId(id).orElseThrow();
  }

  private ModelWalk plus(ModelWalk other) {
    return new ModelWalk(
        frames + other.frames,
        judgedWhole + other.judgedWhole,
        hits + other.hits,
        disagreement.or(other::disagreement),
        breach.or(other::breach),
        steppingHits + other.steppingHits,
        lawfulSteppingHits + other.lawfulSteppingHits,
        firstOf(needed, other.needed),
        firstOf(stricter, other.stricter));
  }

  private static Map<MissReason, Registers> firstOf(
      Map<MissReason, Registers> one, Map<MissReason, Registers> other) {
    Map<MissReason, Registers> both = new EnumMap<>(MissReason.class);
    both.putAll(other);
    both.putAll(one);
    return both;
  }

  /** Judges the frames of one RIP by model and straight code. */
  private static final class Judge implements FrameSpace.Visitor {
    private final String id;
    private final ExitModel model;
    private final Machine machine;
    private final CheckParts parts;
    private final int wholeEvery;
    private final Function<PtRegs, MissReason> straightFirst;
    private final ToIntFunction<PtRegs> straightAll;

    /** The model's verdict on a frame with that set of failing checks; null while not asked for. */
    private final Verdict[] verdicts = new Verdict[1 << MissReason.values().length];

    /** The first miss of each such verdict; null where there is none. */
    private final MissReason[] firsts = new MissReason[verdicts.length];

    private final Map<MissReason, Registers> needed = new EnumMap<>(MissReason.class);
    private final Map<MissReason, Registers> stricter = new EnumMap<>(MissReason.class);
    private Registers disagreement;
    private Registers breach;
    private int untilWhole = 1;
    private long frames;
    private long judgedWhole;
    private long hits;
    private long steppingHits;
    private long lawfulSteppingHits;

    Judge(String id, Machine machine, CheckParts parts, int wholeEvery) {
      this.id = id;
      this.model = modelOf(id);
      this.machine = machine;
      this.parts = parts;
      this.wholeEvery = wholeEvery;
      this.straightFirst = StraightCode.first(id, machine.la57(), machine.xenPv());
      this.straightAll = StraightCode.all(id, machine.la57(), machine.xenPv());
    }

    ModelWalk found() {
      return new ModelWalk(
          frames,
          judgedWhole,
          hits,
          Optional.ofNullable(disagreement),
          Optional.ofNullable(breach),
          steppingHits,
          lawfulSteppingHits,
          needed,
          stricter);
    }

    @Override
    public void visit(
        FrameSpace.Frame frame, int rip, int rcx, int rflags, int r11, int cs, int ss) {
      int failing = parts.failing(rip, rcx, rflags, r11, cs, ss);
      frames++;
      untilWhole--;
      if (untilWhole == 0 || verdicts[failing] == null) {
        untilWhole = wholeEvery;
        judgeWhole(frame, failing);
      }
      if (failing != straightAll.applyAsInt(frame)
          || firsts[failing] != straightFirst.apply(frame)) {
        disagreement = disagreement == null ? frame.copy() : disagreement;
      }
      if (failing == 0) {
        hit(frame);
      } else if (Integer.bitCount(failing) == 1) {
        miss(firsts[failing], frame);
      }
    }

    private void judgeWhole(FrameSpace.Frame frame, int failing) {
      judgedWhole++;
      Verdict verdict = model.check(frame, machine);
      if (verdicts[failing] == null) {
        verdicts[failing] = verdict;
        firsts[failing] = verdict.firstMiss().orElse(null);
        if (!isStraight(verdict, frame)) {
          disagreement = disagreement == null ? frame.copy() : disagreement;
        }
      }
      if (!verdict.equals(verdicts[failing])) {
        disagreement = disagreement == null ? frame.copy() : disagreement;
      }
    }

    private boolean isStraight(Verdict verdict, FrameSpace.Frame frame) {
      Optional<MissReason> first =
          StraightCode.firstMiss(id, frame, machine.la57(), machine.xenPv());
      return verdict.outcome() == (first.isPresent() ? Outcome.IRET_MISS : Outcome.SYSRET)
          && verdict.firstMiss().equals(first)
          && verdict
              .allMisses()
              .equals(StraightCode.allMisses(id, frame, machine.la57(), machine.xenPv()))
          && verdict.doubt().isEmpty();
    }

    private void hit(FrameSpace.Frame frame) {
      hits++;
      boolean kept = Law.isKept(frame, machine);
      if (Rflags.TF.in(frame.r11())) {
        steppingHits++;
        lawfulSteppingHits += kept ? 1 : 0;
      } else if (!kept && breach == null) {
        breach = frame.copy();
      }
    }

    private void miss(MissReason only, FrameSpace.Frame frame) {
      Map<MissReason, Registers> said = Law.isKept(frame, machine) ? stricter : needed;
      if (!said.containsKey(only)) {
        said.put(only, frame.copy());
      }
    }
  }
}
