package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.spark.source.RowFilter.And;
import org.sysretreplay.spark.source.RowFilter.Condition;
import org.sysretreplay.spark.source.RowFilter.IsNull;
import org.sysretreplay.spark.source.RowFilter.Not;
import org.sysretreplay.spark.source.RowFilter.Operator;
import org.sysretreplay.spark.source.RowFilter.Or;

/**
 * Turns predicates of a query into a {@link RowFilter}, if that decides them exactly; the others
 * stay with Spark.
 */
final class PushedFilters {

  private final FrameFields schema;
  private final List<FrameField> fields = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Predicate> pushed = new ArrayList<>();

  PushedFilters(FrameFields schema) {
    this.schema = schema;
  }

  /** Takes the predicates that it can decide, and returns the rest. */
  Predicate[] push(Predicate[] predicates) {
    List<Predicate> rest = new ArrayList<>();
    for (Predicate each : predicates) {
      Optional<Condition> condition = condition(each);
      if (condition.isPresent()) {
        conditions.add(condition.get());
        pushed.add(each);
      } else {
        rest.add(each);
      }
    }
    return rest.toArray(Predicate[]::new);
  }

  Predicate[] pushed() {
    return pushed.toArray(Predicate[]::new);
  }

  RowFilter filter() {
    return new RowFilter(List.copyOf(fields), List.copyOf(conditions));
  }

  private Optional<Condition> condition(Expression predicate) {
    if (!(predicate instanceof Predicate it)) {
      return Optional.empty();
    }
    Expression[] of = it.children();
    return switch (it.name()) {
      case "AND" -> both(of, And::new);
      case "OR" -> both(of, Or::new);
      case "NOT" -> condition(of[0]).map(Not::new);
      case "IS_NULL" -> field(of[0]).map(IsNull::new);
      case "IS_NOT_NULL" -> field(of[0]).map(IsNull::new).map(Not::new);
      case "=" -> compared(of, Operator.EQUAL);
      case "<>" -> compared(of, Operator.EQUAL).map(Not::new);
      case "<" -> compared(of, Operator.LESS);
      case "<=" -> compared(of, Operator.LESS_OR_EQUAL);
      case ">" -> compared(of, Operator.GREATER);
      case ">=" -> compared(of, Operator.GREATER_OR_EQUAL);
      case "IN" -> in(of);
      default -> Optional.empty();
    };
  }

  /** Joins two conditions. */
  private interface Join {
    Condition of(Condition left, Condition right);
  }

  private Optional<Condition> both(Expression[] of, Join join) {
    Optional<Condition> left = condition(of[0]);
    Optional<Condition> right = left.flatMap(it -> condition(of[1]));
    return right.map(it -> join.of(left.get(), it));
  }

  private Optional<Condition> compared(Expression[] of, Operator operator) {
    return of[0] instanceof Literal<?>
        ? compared(of[1], operator.flipped(), of[0])
        : compared(of[0], operator, of[1]);
  }

  private Optional<Condition> compared(Expression column, Operator operator, Expression value) {
    return value instanceof Literal<?> literal
        ? field(column).flatMap(it -> compared(it, operator, literal))
        : Optional.empty();
  }

  private Optional<Condition> compared(int field, Operator operator, Literal<?> literal) {
    // Literals of other types, and strings with another collation, are left to Spark.
    if (literal.dataType().equals(DataTypes.LongType) && literal.value() instanceof Long number) {
      return fields.get(field).type().equals(DataTypes.LongType)
          ? Optional.of(new RowFilter.Number(field, operator, number))
          : Optional.empty();
    }
    return literal.dataType().equals(DataTypes.StringType)
            && literal.value() instanceof UTF8String text
            && fields.get(field).type().equals(DataTypes.StringType)
        ? Optional.of(new RowFilter.Text(field, operator, text))
        : Optional.empty();
  }

  private Optional<Condition> in(Expression[] of) {
    Optional<Condition> any = Optional.empty();
    for (int i = 1; i < of.length; i++) {
      Optional<Condition> next = compared(of[0], Operator.EQUAL, of[i]);
      if (next.isEmpty()) {
        return next;
      }
      Condition one = next.get();
      any = Optional.of(any.<Condition>map(it -> new Or(it, one)).orElse(one));
    }
    return any;
  }

  private Optional<Integer> field(Expression expression) {
    if (!(expression instanceof NamedReference it) || it.fieldNames().length != 1) {
      return Optional.empty();
    }
    // Computed columns are cheaper if Spark filters them, since it may need them for fewer rows.
    return schema
        .of(it.fieldNames()[0])
        .filter(field -> !(field instanceof FrameField.Hex || field instanceof FrameField.Derived))
        .map(this::index);
  }

  private int index(FrameField field) {
    int index = fields.indexOf(field);
    if (index < 0) {
      fields.add(field);
      return fields.size() - 1;
    }
    return index;
  }
}
