package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameRows;

/** The columns that frames have in memory, and those that are made from them, for Spark to read. */
final class Vectors {

  private Vectors() {}

  /** Numbers of some frames. */
  static final class Numbers extends ReadOnlyVector {

    private final FrameRows rows;
    private final FrameColumn column;
    private final long[] values;

    Numbers(FrameRows rows, FrameColumn column) {
      super(DataTypes.LongType);
      this.rows = rows;
      this.column = column;
      values = rows.values(column);
    }

    @Override
    public long getLong(int row) {
      return values[row];
    }

    @Override
    public boolean isNullAt(int row) {
      return rows.isNull(column, row);
    }

    @Override
    public boolean hasNull() {
      return rows.mayHaveNulls(column);
    }
  }

  /** What was made of texts by their number, for all batches of a file. */
  static final class TextCache {

    private final List<UTF8String> texts = new ArrayList<>();

    private UTF8String of(FrameRows rows, long number) {
      while (texts.size() <= number) {
        texts.add(UTF8String.fromString(rows.text(texts.size())));
      }
      return texts.get((int) number);
    }
  }

  /** Texts of some frames. */
  static final class Texts extends ReadOnlyVector {

    private final FrameRows rows;
    private final FrameColumn column;
    private final TextCache cache;
    private final long[] values;

    Texts(FrameRows rows, FrameColumn column, TextCache cache) {
      super(DataTypes.StringType);
      this.rows = rows;
      this.column = column;
      this.cache = cache;
      values = rows.values(column);
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return cache.of(rows, values[row]);
    }

    @Override
    public boolean isNullAt(int row) {
      return rows.isNull(column, row);
    }

    @Override
    public boolean hasNull() {
      return rows.mayHaveNulls(column);
    }
  }

  /** The same text in every row. */
  static final class OneText extends ReadOnlyVector {

    private final UTF8String text;

    OneText(String text) {
      super(DataTypes.StringType);
      this.text = UTF8String.fromString(text);
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return text;
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public boolean hasNull() {
      return false;
    }
  }

  /** Numbers as text that begins with 0x. */
  static final class HexTexts extends ReadOnlyVector {

    private final ColumnVector numbers;

    HexTexts(ColumnVector numbers) {
      super(DataTypes.StringType);
      this.numbers = numbers;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return UTF8String.fromString(org.sysretreplay.emulator.Hex.of(numbers.getLong(row)));
    }

    @Override
    public boolean isNullAt(int row) {
      return numbers.isNullAt(row);
    }

    @Override
    public boolean hasNull() {
      return numbers.hasNull();
    }
  }

  /** What was found for classes, for all batches of a file. */
  static final class Verdicts {

    private final FrameField.Judged field;
    private final Map<Long, Optional<UTF8String>> byClass = new HashMap<>();
    private long last = -1;
    private Optional<UTF8String> ofLast = Optional.empty();

    Verdicts(FrameField.Judged field) {
      this.field = field;
    }

    /** Neighbours are mostly of one class. */
    private Optional<UTF8String> of(long code) {
      if (code != last) {
        ofLast = byClass.computeIfAbsent(code, this::find);
        last = code;
      }
      return ofLast;
    }

    private Optional<UTF8String> find(long code) {
      return field.of(FrameClass.ofCode(code)).map(UTF8String::fromString);
    }
  }

  /** What a model makes of frames, told by their classes. */
  static final class JudgedTexts extends ReadOnlyVector {

    private final ColumnVector classes;
    private final Verdicts verdicts;

    JudgedTexts(ColumnVector classes, Verdicts verdicts) {
      super(DataTypes.StringType);
      this.classes = classes;
      this.verdicts = verdicts;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return verdicts.of(classes.getLong(row)).orElse(null);
    }

    @Override
    public boolean isNullAt(int row) {
      return verdicts.of(classes.getLong(row)).isEmpty();
    }
  }

  /** Some rows of a column. */
  static final class Selected extends ReadOnlyVector {

    private final ColumnVector of;
    private final int[] rows;

    Selected(ColumnVector of, int[] rows) {
      super(of.dataType());
      this.of = of;
      this.rows = rows;
    }

    @Override
    public long getLong(int row) {
      return of.getLong(rows[row]);
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return of.getUTF8String(rows[row]);
    }

    @Override
    public boolean isNullAt(int row) {
      return of.isNullAt(rows[row]);
    }

    @Override
    public boolean hasNull() {
      return of.hasNull();
    }
  }
}
