package org.sysretreplay.ingest.frames;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Finds the columns of frames in the schema of a Parquet file. */
public final class FrameSchema {

  private FrameSchema() {}

  /**
   * The columns that the file has and that files of its origin are read for.
   *
   * @throws FrameSchemaException if a register is missing, or a column is of another type
   */
  public static Map<FrameColumn, ColumnDescriptor> of(MessageType file, FrameOrigin origin) {
    checkRegisters(file);
    Map<FrameColumn, ColumnDescriptor> there = new EnumMap<>(FrameColumn.class);
    for (FrameColumn column : origin.columns()) {
      if (file.containsField(column.key()) && !isMissing(column, file, origin)) {
        check(column, file.getType(column.key()));
        there.put(column, file.getColumnDescription(new String[] {column.key()}));
      }
    }
    return there;
  }

  /** Whether the file has no register at all, so that it is a table of something else. */
  public static boolean isOther(MessageType file) {
    return BatchRegisters.COLUMNS.stream().noneMatch(it -> file.containsField(it.key()));
  }

  private static void checkRegisters(MessageType file) {
    List<String> missing =
        BatchRegisters.COLUMNS.stream()
            .map(FrameColumn::key)
            .filter(it -> !file.containsField(it))
            .toList();
    if (!missing.isEmpty()) {
      throw new FrameSchemaException(
          "there is no column " + String.join(", ", missing),
          BatchRegisters.COLUMNS.stream()
              .map(FrameColumn::key)
              .collect(Collectors.joining(", ", "write ", " as columns of integers")));
    }
  }

  /**
   * Whether a column that may be missing says that it has no value in any row, as Arrow writes one
   * that it has seen no value of.
   */
  private static boolean isMissing(FrameColumn column, MessageType file, FrameOrigin origin) {
    return origin == FrameOrigin.TRACE
        && !BatchRegisters.COLUMNS.contains(column)
        && file.getType(column.key()).getLogicalTypeAnnotation()
            instanceof UnknownLogicalTypeAnnotation;
  }

  private static void check(FrameColumn column, Type type) {
    boolean fits =
        type.isPrimitive()
            && !type.isRepetition(Type.Repetition.REPEATED)
            && fits(column.kind(), type.asPrimitiveType());
    if (!fits) {
      throw new FrameSchemaException(
          "column %s holds %s and not %s".formatted(column.key(), name(type), words(column.kind())),
          "cast it, or give it another name");
    }
  }

  private static boolean fits(FrameColumn.Kind kind, PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (kind) {
      // A timestamp type may count another unit than nanoseconds.
      case NUMBER ->
          (name == PrimitiveTypeName.INT64 || name == PrimitiveTypeName.INT32)
              && (meaning == null || meaning instanceof IntLogicalTypeAnnotation);
      case TEXT ->
          name == PrimitiveTypeName.BINARY
              && (meaning == null
                  || meaning instanceof StringLogicalTypeAnnotation
                  || meaning instanceof EnumLogicalTypeAnnotation);
    };
  }

  private static String name(Type type) {
    if (!type.isPrimitive()) {
      return "other columns";
    }
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      return "lists";
    }
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return meaning == null
        ? type.asPrimitiveType().getPrimitiveTypeName().name()
        : meaning.toString();
  }

  private static String words(FrameColumn.Kind kind) {
    return switch (kind) {
      case NUMBER -> "integers of 32 or 64 bits";
      case TEXT -> "text";
    };
  }
}
