package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.files.FileTrees;

/**
 * Both sides of a comparison as the user wrote them; a side may take its sources from the other.
 */
final class SideArguments {

  private final Written base;
  private final Written other;
  private final String usualModel;

  private SideArguments(List<String> base, List<String> other, String usualModel) {
    this.base = Written.of(base);
    this.other = Written.of(other);
    this.usualModel = usualModel;
  }

  /** The words of a side, and each of them parsed. */
  private record Written(List<String> words, List<SideArgument> runs) {

    static Written of(List<String> words) {
      return new Written(words, words.stream().map(SideArgument::parse).toList());
    }

    List<String> sources() {
      return runs.stream().flatMap(it -> it.source().stream()).toList();
    }

    /** The first word that names a model, if one does. */
    Optional<String> wordOfModel() {
      return IntStream.range(0, runs.size())
          .filter(it -> runs.get(it).model().isPresent())
          .mapToObj(words::get)
          .findFirst();
    }

    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  /**
   * Parses the sides on a command line.
   *
   * @param named the words before {@code --against}, or both sides in the short form
   * @param against the words behind it; empty in the short form
   * @param usualModel the model of a side that names none
   * @throws UsageException unless there are two sides
   */
  static SideArguments parse(List<String> named, List<String> against, String usualModel) {
    if (!against.isEmpty()) {
      return new SideArguments(named, against, usualModel);
    }
    if (named.size() != 2) {
      throw new UsageException(
          "%s: two sides are compared; write BASE OTHER, or BASE... --against OTHER... where a side has several runs."
              .formatted(String.join(" ", named)));
    }
    return new SideArguments(named.subList(0, 1), named.subList(1, 2), usualModel);
  }

  /**
   * The base with everything filled in.
   *
   * @throws UsageException if something is missing or contradictory
   */
  ResolvedSide base(EngineOptions work, Machine machine) {
    return complete(base, other, work, machine);
  }

  /** The other side with everything filled in, like {@link #base}. */
  ResolvedSide other(EngineOptions work, Machine machine) {
    return complete(other, base, work, machine);
  }

  private ResolvedSide complete(
      Written side, Written opposite, EngineOptions work, Machine machine) {
    String model = model(side);
    List<String> sources =
        sources(side, opposite).stream()
            .map(work::located)
            .map(it -> FileTrees.local(it).map(Path::toString).orElse(it))
            .toList();
    requireDistinct(sources);
    return new ResolvedSide(sources, choice(side, model, machine));
  }

  private static ModelChoice choice(Written side, String model, Machine machine) {
    return side.wordOfModel()
        .map(it -> ModelChoice.in(it, model, machine))
        .orElseGet(() -> new ModelChoice(List.of(model), machine));
  }

  private String model(Written side) {
    List<String> models =
        side.runs().stream().map(it -> it.model().orElse(usualModel)).distinct().toList();
    if (models.contains(ModelChoice.ALL)) {
      throw new UsageException(
          "%s: compare takes one model a side; name one, or see \"sysret-replay report\"."
              .formatted(side.wordOfModel().orElse("--model all")));
    }
    if (models.size() > 1) {
      throw new UsageException(
          "%s: one model judges all runs of a side, and these name %s; name one."
              .formatted(side, String.join(" and ", models)));
    }
    return models.get(0);
  }

  private List<String> sources(Written side, Written opposite) {
    List<String> own = side.sources();
    if (own.size() < side.runs().size() && side.runs().size() > 1) {
      throw new UsageException(
          "%s: a side of several runs names the source of each; write SOURCE@MODEL."
              .formatted(side));
    }
    List<String> all = own.isEmpty() ? opposite.sources() : own;
    if (all.isEmpty()) {
      throw new UsageException(
          "%s: no side names a source; write one of them as SOURCE@MODEL."
              .formatted(
                  Stream.of(base, other).map(Written::toString).collect(Collectors.joining(" "))));
    }
    return all;
  }

  private static void requireDistinct(List<String> sources) {
    for (int i = 0; i < sources.size(); i++) {
      for (String earlier : sources.subList(0, i)) {
        if (FoundSources.isSame(sources.get(i), earlier)) {
          throw new UsageException(
              "%s: this run is named twice on one side; name each once.".formatted(sources.get(i)));
        }
      }
    }
  }
}
