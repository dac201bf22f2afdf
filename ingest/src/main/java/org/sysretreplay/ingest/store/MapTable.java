package org.sysretreplay.ingest.store;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;

/**
 * Reads and writes part files of {@code maps}: a row for every mapping, and in the footer how many
 * were left out.
 */
final class MapTable {

  /**
   * The key in the footer's metadata of how many mappings the recording had besides those in the
   * file.
   */
  static final String LEFT_OUT = "sysret-replay.maps-left-out";

  private static final MessageType SCHEMA = schema();

  private MapTable() {}

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    for (MapColumn column : MapColumn.values()) {
      Type.Repetition repetition =
          column.isAlwaysThere() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
      columns.addField(
          column.isNumber()
              ? Types.primitive(INT64, repetition).named(column.key())
              : Types.primitive(BINARY, repetition).as(stringType()).named(column.key()));
    }
    return columns.named("map");
  }

  static void write(OutputFile target, ExecutableMaps maps) throws IOException {
    Map<String, String> metadata = Map.of(LEFT_OUT, Long.toString(maps.leftOut()));
    try (SmallTable.Writer writer = new SmallTable.Writer(target, SCHEMA, metadata)) {
      for (ExecutableMap map : maps.maps()) {
        writer.add(group(map));
      }
    }
  }

  private static Group group(ExecutableMap map) {
    Group group = new SimpleGroup(SCHEMA);
    for (MapColumn column : MapColumn.values()) {
      Object value = column.of(map);
      if (value instanceof Long number) {
        group.add(column.key(), number);
      } else if (value != null) {
        group.add(column.key(), (String) value);
      }
    }
    return group;
  }

  /**
   * Reads the mappings of a file.
   *
   * @throws RuntimeException if it holds something else
   */
  static ExecutableMaps read(ParquetFileReader file) throws IOException {
    List<ExecutableMap> maps = new ArrayList<>();
    SmallTable.read(file, it -> maps.add(map(it)));
    String leftOut = file.getFileMetaData().getKeyValueMetaData().get(LEFT_OUT);
    return new ExecutableMaps(maps, Long.parseLong(leftOut));
  }

  private static ExecutableMap map(Group row) {
    return new ExecutableMap(
        number(row, MapColumn.PID),
        optional(row, MapColumn.SINCE_NS),
        optional(row, MapColumn.UNTIL_NS),
        number(row, MapColumn.START),
        number(row, MapColumn.LENGTH),
        number(row, MapColumn.FILE_OFFSET),
        row.getString(MapColumn.FILE.key(), 0));
  }

  private static long number(Group row, MapColumn column) {
    return row.getLong(column.key(), 0);
  }

  private static OptionalLong optional(Group row, MapColumn column) {
    return row.getFieldRepetitionCount(column.key()) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(number(row, column));
  }
}
