package org.sysretreplay.spark.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.internal.SessionState;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Handles the calls of {@code sysret.…} before Spark resolves them. If the functions are missing,
 * the error names the settings that add them; those of {@link SysretExtensions} are found by their
 * name there; and a literal that is no model is refused before any row is read.
 */
final class SysretCallRule extends Rule<LogicalPlan> {

  private final SparkSession session;

  private SysretCallRule(SparkSession session) {
    this.session = session;
  }

  /** Adds the rule as one for hints: only these run before Spark resolves functions. */
  static void inject(SparkSessionExtensions extensions) {
    extensions.injectHintResolutionRule(SysretCallRule::new);
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.containsPattern(TreePattern.UNRESOLVED_FUNCTION())
        ? plan.resolveExpressions(new Calls(state()))
        : plan;
  }

  private SessionState state() {
    return ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
  }

  /** Finds and replaces the calls of this program's functions among all expressions. */
  private static final class Calls extends AbstractPartialFunction<Expression, Expression> {

    private static final long serialVersionUID = 1L;

    private final transient SessionState state;

    private Calls(SessionState state) {
      this.state = state;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof UnresolvedFunction call && function(call).isPresent();
    }

    @Override
    public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
      return isDefinedAt(expression)
          ? as(checked((UnresolvedFunction) (Expression) expression))
          : otherwise.apply(expression);
    }

    @SuppressWarnings("unchecked")
    private static <B> B as(Expression expression) {
      return (B) expression;
    }

    private static Optional<SysretFunction> function(UnresolvedFunction call) {
      List<String> parts = CollectionConverters.asJava(call.nameParts());
      return parts.size() == 2 && parts.get(0).equalsIgnoreCase(SysretCatalog.NAME)
          ? SysretFunction.ofKey(parts.get(1))
          : Optional.empty();
    }

    private UnresolvedFunction checked(UnresolvedFunction call) {
      SysretFunction function = function(call).orElseThrow();
      CatalogManager catalogs = state.catalogManager();
      if (catalogs.isCatalogRegistered(SysretCatalog.NAME)
          && catalogs.catalog(SysretCatalog.NAME) instanceof SysretCatalog) {
        check(function, call);
        return renamed(call, SysretCatalog.NAME, function.key());
      }
      if (state.functionRegistry().functionExists(SysretExtensions.identifier(function))) {
        check(function, call);
        return renamed(call, SysretExtensions.name(function));
      }
      if (!isAnothers(call)) {
        throw Sneaky.thrown(missing(function));
      }
      return call;
    }

    /** Whether the call belongs to another catalog or namespace with the same name. */
    private boolean isAnothers(UnresolvedFunction call) {
      if (state.catalogManager().isCatalogRegistered(call.nameParts().head())) {
        return true;
      }
      try {
        return state.catalogManager().currentCatalog() instanceof FunctionCatalog current
            && current.functionExists(
                Identifier.of(new String[] {call.nameParts().head()}, call.nameParts().last()));
      } catch (Exception e) {
        // There is no such namespace; Spark says so by a checked exception that it does not
        // declare.
        return false;
      }
    }

    private static void check(SysretFunction function, UnresolvedFunction call) {
      try {
        checkPlaces(function, call);
        checkModel(function, call);
      } catch (SparkIllegalArgumentException e) {
        throw Sneaky.thrown(
            new AnalysisException(
                e.getCondition(),
                scala.collection.immutable.Map$.MODULE$.from(
                    CollectionConverters.asScala(e.getMessageParameters()))));
      }
    }

    /** Spark hands named arguments on as they are, and fails only when it computes them. */
    private static void checkPlaces(SysretFunction function, UnresolvedFunction call) {
      if (call.arguments().exists(NamedArgumentExpression.class::isInstance)) {
        throw Complaints.of(
            "%s.%s takes its arguments by place: %s"
                .formatted(
                    SysretCatalog.NAME,
                    function.key(),
                    String.join(", or ", function.signatures())));
      }
    }

    private static void checkModel(SysretFunction function, UnresolvedFunction call) {
      if (function.takesModel()
          && call.arguments().headOption().getOrElse(() -> null) instanceof Literal literal
          && literal.value() instanceof UTF8String text) {
        ModelArgument.of(text);
      }
    }

    private static UnresolvedFunction renamed(UnresolvedFunction call, String... parts) {
      return call.copy(
          CollectionConverters.asScala(List.of(parts)).toSeq(),
          call.arguments(),
          call.isDistinct(),
          call.filter(),
          call.ignoreNulls(),
          call.orderingWithinGroup(),
          call.isInternal());
    }

    private static AnalysisException missing(SysretFunction function) {
      String condition = "UNRESOLVED_ROUTINE";
      return new AnalysisException(
          "[%s] There is no %s.%s in this session: set %s, now or before, or start the session with %s."
              .formatted(
                  condition,
                  SysretCatalog.NAME,
                  function.key(),
                  SysretCatalog.SETTING,
                  SysretExtensions.SETTING),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.apply(condition),
          scala.collection.immutable.Map$.MODULE$.from(
              CollectionConverters.asScala(
                  Map.of("routineName", function.key(), "searchPath", SysretCatalog.NAME))),
          new QueryContext[0]);
    }
  }
}
