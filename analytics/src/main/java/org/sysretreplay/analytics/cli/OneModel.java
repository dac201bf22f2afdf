package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.FoundSources.Contents;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.SettledAnswer;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options on the one model that judges, and on its machine. */
final class OneModel {

  /** The option that names the model. */
  static final String NAME = "--model";

  @Option(
      names = NAME,
      paramLabel = "ID",
      defaultValue = "seed",
      completionCandidates = Names.OwnOrModels.class,
      description =
          "The model to judge by: an id of \"models\", a kernel's release (6.12), or \"auto\" for the"
              + " kernel that each trace was recorded on (default: ${DEFAULT-VALUE}).")
  private String model;

  @Mixin private MachineOptions machine = new MachineOptions();

  /**
   * The model that judges.
   *
   * @param command the name of the command, for messages
   * @throws UsageException if several models are named
   */
  ModelChoice choice(String command) {
    if (model.equals(ModelChoice.ALL)) {
      throw new UsageException("--model all: %s asks one model; name it.".formatted(command));
    }
    if (model.contains(",")) {
      throw new UsageException(
          "--model %s: %s asks one model; name one of them.".formatted(model, command));
    }
    return new ModelChoice(List.of(model), machine.machine());
  }

  /**
   * Asks the question, again if the frames show machines that were not known before, and tells the
   * user which models judged, and what counts twice.
   *
   * @param looked what the sources hold
   * @param ask puts the question to the inputs
   * @param intake gets the intake of an answer
   */
  <A> A ask(
      ModelChoice judges,
      Contents looked,
      Engine engine,
      Messages notes,
      BiFunction<VerdictQuestion, Inputs, A> ask,
      Function<A, Intake> intake) {
    notes.notes(looked.doubles());
    SettledAnswer<A> settled =
        SettledAnswer.ask(
            judges.learnt(looked.machines(), looked.inputs(), machine.reading(), engine),
            machines ->
                ask.apply(
                    new VerdictQuestion(judges.models(machines), machines, machine.reading()),
                    judges.judged(looked.inputs(), machines)),
            answer -> intake.apply(answer).signs());
    notes.notes(judges.notes(settled.machines()));
    notes.errors(judges.unjudged(settled.machines()));
    notes.notes(MachineNotes.of(settled.machines(), settled.signs()));
    return settled.answer();
  }
}
