package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.sysretreplay.analytics.choice.Comparer;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.ModelChoice;

/**
 * One side of a comparison with its sources and its model, nothing left to the other side.
 *
 * @param sources at least one; each is a run
 */
record ResolvedSide(List<String> sources, ModelChoice judges) {

  /** Whether both sides are the same runs. */
  boolean isSame(ResolvedSide other) {
    return sources.size() == other.sources.size()
        && IntStream.range(0, sources.size())
            .allMatch(it -> FoundSources.isSame(sources.get(it), other.sources.get(it)));
  }

  /** The side with all sources taken as one run. */
  Comparer.Side ofOneRun(Sources found) {
    return new Comparer.Side(String.join(", ", sources), found.found(), judges);
  }

  /** The side with each source as a run. */
  Comparer.Side ofRuns(List<Sources> found) {
    return new Comparer.Side(
        IntStream.range(0, sources.size())
            .mapToObj(it -> new Comparer.Run(sources.get(it), found.get(it).found()))
            .toList(),
        judges);
  }
}
