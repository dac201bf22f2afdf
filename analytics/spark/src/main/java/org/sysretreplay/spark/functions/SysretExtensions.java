package org.sysretreplay.spark.functions;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.V2ExpressionUtils;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * The functions as an extension of sessions, for the setting {@code spark.sql.extensions}, which
 * must be set before a session starts. They have the same names as in {@link SysretCatalog}.
 */
public final class SysretExtensions implements SparkSessionExtensionsProvider {

  /** The setting that adds the extension. */
  static final String SETTING = "spark.sql.extensions=" + SysretExtensions.class.getName();

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (SysretFunction function : SysretFunction.values()) {
      extensions.injectFunction(
          new Tuple3<>(
              new FunctionIdentifier(name(function)), info(function), it -> call(function, it)));
    }
    SysretCallRule.inject(extensions);
    return BoxedUnit.UNIT;
  }

  /**
   * The name of a function in such a session. It is a single part with a dot in it, since Spark
   * allows extensions no names of several parts.
   */
  static String name(SysretFunction function) {
    return SysretCatalog.NAME + "." + function.key();
  }

  /** The identifier under which Spark keeps this name; before 4.2 it has no database. */
  static FunctionIdentifier identifier(SysretFunction function) {
    try {
      return (FunctionIdentifier)
          FunctionRegistry$.class
              .getMethod("builtinFunctionIdentifier", String.class)
              .invoke(FunctionRegistry$.MODULE$, name(function));
    } catch (ReflectiveOperationException e) {
      return new FunctionIdentifier(name(function));
    }
  }

  private static ExpressionInfo info(SysretFunction function) {
    return new ExpressionInfo(
        SysretFunction.class.getName(),
        null,
        name(function),
        function.description(),
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  /** The expression that Spark makes for a call of a catalog's function. */
  private static Expression call(SysretFunction function, Seq<Expression> arguments) {
    StructType types = new StructType();
    for (Expression each : CollectionConverters.asJava(arguments)) {
      types = types.add("argument", each.dataType(), each.nullable());
    }
    Unbound unbound = new Unbound(function);
    try {
      return V2ExpressionUtils.resolveScalarFunction(
          (ScalarFunction<?>) unbound.bind(types), arguments);
    } catch (UnsupportedOperationException e) {
      throw Sneaky.thrown(
          QueryCompilationErrors.functionCannotProcessInputError(unbound, arguments, e));
    }
  }
}
