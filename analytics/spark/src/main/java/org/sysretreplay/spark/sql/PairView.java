package org.sysretreplay.spark.sql;

import static org.sysretreplay.spark.sql.SqlModel.literal;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

/** The view that compares every model with every other. */
record PairView(SqlDialect dialect, List<SqlModel> models) {

  private static String numbered(List<SqlModel> models, IntFunction<String> text, String between) {
    return IntStream.range(0, models.size()).mapToObj(text).collect(Collectors.joining(between));
  }

  /** Judges every frame once by each model, and then pairs the outcomes. */
  String modelAgainstModel() {
    String outcomes =
        numbered(
            models,
            i ->
                "    -- %s\n    %s as outcome_%d"
                    .formatted(models.get(i).model().id(), models.get(i).outcome("    "), i),
            ",\n");
    String names = numbered(models, i -> "outcome_" + i, ", ");
    String ids =
        numbered(models, i -> "(%d, %s)".formatted(i, literal(models.get(i).model().id())), ", ");
    String chosen = numbered(models, i -> "when %1$d then outcome_%1$d".formatted(i), " ");
    return dialect.view(
        "model_against_model",
        """
        with outcomes as (
          select workload, cause, count,
        %s
          from frame_details
          where is_exit
        ), alike as (
          select workload, cause, %s, sum(count) as exits
          from outcomes
          group by workload, cause, %s
        ), models as (
          select number, model from (values %s) as models(number, model)
        ), pairs as (
          select workload, base.model as base, other.model as other, exits, cause,
            case base.number %s end as base_outcome,
            case other.number %s end as other_outcome
          from alike cross join models as base cross join models as other
        ), caused as (
          select workload, base, other, base_outcome, other_outcome, exits,
            upper(coalesce(cause, case when %s in (base_outcome, other_outcome) then %s end)) as cause
          from pairs
        )
        select workload, base, other, base_outcome, other_outcome, cause,
          cast(sum(exits) as bigint) as exits
        from caused
        group by workload, base, other, base_outcome, other_outcome, cause
        """
            .formatted(
                outcomes,
                names,
                names,
                ids,
                chosen,
                chosen,
                literal(Outcome.IRET_MISS.name()),
                literal(Cause.UNKNOWN.key())));
  }
}
