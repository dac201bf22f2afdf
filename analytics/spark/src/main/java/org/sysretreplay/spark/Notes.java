package org.sysretreplay.spark;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.InputNotes;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.ingest.trace.TraceException;

/** Collects notes for the user while a question is answered. */
final class Notes {

  private final List<String> all = new ArrayList<>();

  void add(String sentence) {
    all.add(sentence);
  }

  void add(Sentence sentence) {
    all.add(sentence.inPrograms());
  }

  void add(List<Sentence> sentences) {
    sentences.forEach(this::add);
  }

  /** Adds what is not read of the sources. */
  void add(FoundSources found) {
    found.unreadable().stream().map(TraceException::getMessage).forEach(all::add);
    add(InputNotes.passedOver(found.passedOver()));
  }

  /** Adds which models were chosen, and contradictions about the machines. */
  void add(ModelChoice judges, Machines machines, TraceSigns signs) {
    add(judges.notes(machines));
    add(judges.unjudged(machines));
    add(MachineNotes.of(machines, signs));
  }

  /** Adds what became of the records. */
  void add(Intake intake) {
    add(InputNotes.rejects(intake.rejects()));
    add(InputNotes.exitless(intake, intake.rejects()));
    intake.empty().forEach(it -> add(InputNotes.noSample(it)));
    all.addAll(intake.refused().values());
    add(InputNotes.sampled(intake));
    add(InputNotes.lost(intake.counts()));
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
