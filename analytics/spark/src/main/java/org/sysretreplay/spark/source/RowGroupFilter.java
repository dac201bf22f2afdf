package org.sysretreplay.spark.source;

import java.util.Optional;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.BinaryColumn;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.io.api.Binary;
import org.sysretreplay.spark.source.RowFilter.And;
import org.sysretreplay.spark.source.RowFilter.Condition;
import org.sysretreplay.spark.source.RowFilter.Or;

/**
 * The part of a filter that Parquet can apply to row groups and pages. It only drops rows that the
 * filter does not want, but not all of them.
 */
record RowGroupFilter(RowFilter filter) {

  Optional<FilterPredicate> predicate() {
    return filter.all().stream()
        .map(this::predicate)
        .flatMap(Optional::stream)
        .reduce(FilterApi::and);
  }

  private Optional<FilterPredicate> predicate(Condition condition) {
    if (condition instanceof And and) {
      Optional<FilterPredicate> left = predicate(and.left());
      Optional<FilterPredicate> right = predicate(and.right());
      return left.isPresent() && right.isPresent()
          ? Optional.of(FilterApi.and(left.get(), right.get()))
          : left.or(() -> right);
    }
    if (condition instanceof Or or) {
      Optional<FilterPredicate> left = predicate(or.left());
      Optional<FilterPredicate> right = predicate(or.right());
      return left.isPresent() && right.isPresent()
          ? Optional.of(FilterApi.or(left.get(), right.get()))
          : Optional.empty();
    }
    if (condition instanceof RowFilter.Number it) {
      return key(it.field()).map(key -> predicate(FilterApi.longColumn(key), it));
    }
    return condition instanceof RowFilter.Text it
        ? key(it.field()).map(key -> predicate(FilterApi.binaryColumn(key), it))
        : Optional.empty();
  }

  /** The column's name in the file; empty for a computed column. */
  private Optional<String> key(int field) {
    return filter.fields().get(field) instanceof FrameField.Stored stored
        ? Optional.of(stored.key())
        : Optional.empty();
  }

  private static FilterPredicate predicate(LongColumn column, RowFilter.Number it) {
    return switch (it.operator()) {
      case EQUAL -> FilterApi.eq(column, it.value());
      case LESS -> FilterApi.lt(column, it.value());
      case LESS_OR_EQUAL -> FilterApi.ltEq(column, it.value());
      case GREATER -> FilterApi.gt(column, it.value());
      case GREATER_OR_EQUAL -> FilterApi.gtEq(column, it.value());
    };
  }

  private static FilterPredicate predicate(BinaryColumn column, RowFilter.Text it) {
    Binary value = Binary.fromConstantByteArray(it.value().getBytes());
    return switch (it.operator()) {
      case EQUAL -> FilterApi.eq(column, value);
      case LESS -> FilterApi.lt(column, value);
      case LESS_OR_EQUAL -> FilterApi.ltEq(column, value);
      case GREATER -> FilterApi.gt(column, value);
      case GREATER_OR_EQUAL -> FilterApi.gtEq(column, value);
    };
  }
}
