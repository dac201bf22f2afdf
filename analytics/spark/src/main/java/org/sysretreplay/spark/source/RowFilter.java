package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A filter of rows with the three-valued logic of SQL: a comparison with null is unknown, and only
 * rows for which all conditions are true are wanted.
 *
 * @param fields the columns of the conditions, which refer to them by index
 * @param all the conditions
 */
record RowFilter(List<FrameField> fields, List<Condition> all) implements Serializable {

  /** Wants every row. */
  static final RowFilter NONE = new RowFilter(List.of(), List.of());

  /** A truth value of SQL. */
  enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    Truth not() {
      return values()[values().length - 1 - ordinal()];
    }

    Truth and(Truth other) {
      return compareTo(other) < 0 ? this : other;
    }

    Truth or(Truth other) {
      return compareTo(other) > 0 ? this : other;
    }
  }

  /** A row to test. */
  interface Row {

    /** Whether the value of a field is known; if not, a condition on it is unknown. */
    default boolean isKnown(int field) {
      return true;
    }

    boolean isNull(int field);

    long number(int field);

    UTF8String text(int field);
  }

  /** A condition on a row. */
  sealed interface Condition extends Serializable {

    Truth test(Row row);
  }

  record And(Condition left, Condition right) implements Condition {
    @Override
    public Truth test(Row row) {
      Truth first = left.test(row);
      return first == Truth.FALSE ? first : first.and(right.test(row));
    }
  }

  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Truth test(Row row) {
      Truth first = left.test(row);
      return first == Truth.TRUE ? first : first.or(right.test(row));
    }
  }

  record Not(Condition of) implements Condition {
    @Override
    public Truth test(Row row) {
      return of.test(row).not();
    }
  }

  record IsNull(int field) implements Condition {
    @Override
    public Truth test(Row row) {
      return row.isKnown(field) ? Truth.of(row.isNull(field)) : Truth.UNKNOWN;
    }
  }

  /** An operator of comparison. */
  enum Operator {
    EQUAL("="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    /**
     * Whether the comparison holds.
     *
     * @param order the result of a comparator
     */
    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }

    /** The operator for swapped sides. */
    Operator flipped() {
      return switch (this) {
        case EQUAL -> EQUAL;
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }
  }

  record Number(int field, Operator operator, long value) implements Condition {
    @Override
    public Truth test(Row row) {
      return !row.isKnown(field) || row.isNull(field)
          ? Truth.UNKNOWN
          : Truth.of(operator.holds(Long.compare(row.number(field), value)));
    }
  }

  record Text(int field, Operator operator, UTF8String value) implements Condition {
    @Override
    public Truth test(Row row) {
      return !row.isKnown(field) || row.isNull(field)
          ? Truth.UNKNOWN
          : Truth.of(operator.holds(row.text(field).compareTo(value)));
    }
  }

  /** Whether the row is wanted. */
  boolean wants(Row row) {
    for (Condition each : all) {
      if (each.test(row) != Truth.TRUE) {
        return false;
      }
    }
    return true;
  }

  /** Whether the known values of the row are enough to say that it is not wanted. */
  boolean excludes(Row row) {
    return all.stream().anyMatch(it -> it.test(row) == Truth.FALSE);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  @Override
  public String toString() {
    return all.stream().map(this::describe).collect(Collectors.joining(", "));
  }

  private String describe(Condition condition) {
    if (condition instanceof And it) {
      return "(%s and %s)".formatted(describe(it.left()), describe(it.right()));
    }
    if (condition instanceof Or it) {
      return "(%s or %s)".formatted(describe(it.left()), describe(it.right()));
    }
    if (condition instanceof Not it && it.of() instanceof IsNull no) {
      return key(no.field()) + " is not null";
    }
    if (condition instanceof Not it) {
      return "not " + describe(it.of());
    }
    if (condition instanceof IsNull it) {
      return key(it.field()) + " is null";
    }
    if (condition instanceof Number it) {
      return "%s %s %d".formatted(key(it.field()), it.operator().symbol(), it.value());
    }
    Text it = (Text) condition;
    return "%s %s '%s'".formatted(key(it.field()), it.operator().symbol(), it.value());
  }

  private String key(int field) {
    return fields.get(field).key();
  }
}
