package org.sysretreplay.ingest.columnar;

import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The type of a column: texts, or numbers of 32 or 64 bits, which are mapped to others as they are
 * read.
 */
final class ColumnType {

  private final ColumnDescriptor column;
  private final LongUnaryOperator ofNumber;
  private final boolean isText;
  private final boolean isInt;

  /** Keeps the low 32 bits of unsigned 32-bit numbers, and all bits of others. */
  private final long mask;

  /**
   * The type of a column.
   *
   * @param ofNumber maps each number of the column to the one that is given
   * @throws ColumnException if it is another type; the message is the reason
   */
  ColumnType(ColumnDescriptor column, LongUnaryOperator ofNumber) {
    this.column = column;
    this.ofNumber = ofNumber;
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    isText = type == PrimitiveTypeName.BINARY;
    isInt = type == PrimitiveTypeName.INT32;
    if (!isText && !isInt && type != PrimitiveTypeName.INT64
        || column.getMaxRepetitionLevel() > 0) {
      throw new ColumnException(
          "column %s holds %s and not integers of 32 or 64 bits, or text".formatted(this, type));
    }
    mask = isInt && isUnsigned() ? 0xffff_ffffL : -1;
  }

  private boolean isUnsigned() {
    return column.getPrimitiveType().getLogicalTypeAnnotation()
            instanceof IntLogicalTypeAnnotation integer
        && !integer.isSigned();
  }

  ColumnDescriptor column() {
    return column;
  }

  boolean isText() {
    return isText;
  }

  /** The mapped number of a code. */
  long number(Dictionary dictionary, int code) {
    return ofNumber.applyAsLong(
        isInt ? dictionary.decodeToInt(code) & mask : dictionary.decodeToLong(code));
  }

  /** The next number, mapped. */
  long number(ValuesReader plain) {
    return ofNumber.applyAsLong(isInt ? plain.readInteger() & mask : plain.readLong());
  }

  /** The name of the column. */
  @Override
  public String toString() {
    return String.join(".", column.getPath());
  }
}
