package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.spark.source.FrameField.Derived;
import org.sysretreplay.spark.source.FrameField.Hex;
import org.sysretreplay.spark.source.FrameField.Judged;
import org.sysretreplay.spark.source.FrameField.OfTrace;
import org.sysretreplay.spark.source.FrameField.Stored;
import org.sysretreplay.spark.source.SourceOptions.Registers;

/** The columns of the table {@code frames}, in their order. */
final class FrameFields {

  private final Map<String, FrameField> byKey = new LinkedHashMap<>();

  FrameFields(SourceOptions options) {
    for (OfTrace field : OfTrace.values()) {
      add(field);
    }
    for (FrameColumn column : FrameColumn.values()) {
      boolean hex =
          options.registers() == Registers.HEX && column.unit() == FrameColumn.Unit.REGISTER;
      add(hex ? new Hex(column) : new Stored(column));
    }
    for (Derived field : Derived.values()) {
      add(field);
    }
    for (ModelOption judge : options.judges()) {
      for (Judged.Part part : Judged.Part.values()) {
        add(new Judged(judge, part));
      }
    }
  }

  private void add(FrameField field) {
    byKey.put(field.key(), field);
  }

  StructType schema() {
    return schema(byKey.values());
  }

  static StructType schema(Iterable<FrameField> fields) {
    List<StructField> all = new ArrayList<>();
    fields.forEach(it -> all.add(it.structField()));
    return new StructType(all.toArray(StructField[]::new));
  }

  Optional<FrameField> of(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The columns of a query, in its order. */
  List<FrameField> of(StructType wanted) {
    List<FrameField> fields = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      fields.add(byKey.get(field.name()));
    }
    return fields;
  }

  List<FrameField> all() {
    return List.copyOf(byKey.values());
  }

  /** The columns of the store from which the fields are made. */
  static Set<FrameColumn> columns(Iterable<FrameField> fields) {
    Set<FrameColumn> columns = EnumSet.noneOf(FrameColumn.class);
    for (FrameField field : fields) {
      column(field).ifPresent(columns::add);
    }
    return columns;
  }

  private static Optional<FrameColumn> column(FrameField field) {
    if (field instanceof Stored stored) {
      return Optional.of(stored.column());
    }
    if (field instanceof Hex hex) {
      return Optional.of(hex.column());
    }
    if (field instanceof Derived derived) {
      return switch (derived) {
        case WALL_TIME -> Optional.of(FrameColumn.TS_NS);
      };
    }
    return field instanceof Judged ? Optional.of(FrameColumn.FRAME_CLASS) : Optional.empty();
  }
}
