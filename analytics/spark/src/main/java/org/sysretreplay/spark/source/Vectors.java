package org.sysretreplay.spark.source;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.ColumnarFrames;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.WallClock;

/** The columns of frames for Spark: those in memory, and those computed from them. */
final class Vectors {

  private Vectors() {}

  /** A column of a block of frames. */
  private abstract static class OfFrames extends ReadOnlyVector {

    final long[] values;
    private final long[] nulls;

    OfFrames(DataType type, ColumnarFrames rows, FrameColumn column) {
      super(type);
      values = rows.block(column, 0);
      nulls = rows.nulls(column);
    }

    @Override
    public boolean isNullAt(int row) {
      return nulls.length > 0 && (nulls[row / Long.SIZE] >>> row & 1) != 0;
    }

    @Override
    public boolean hasNull() {
      return nulls.length > 0;
    }
  }

  /** Numbers of some frames. */
  static final class Numbers extends OfFrames {

    Numbers(ColumnarFrames rows, FrameColumn column) {
      super(DataTypes.LongType, rows, column);
    }

    @Override
    public long getLong(int row) {
      return values[row];
    }
  }

  /** Spark's texts by their number, made once for all batches of a file. */
  static final class TextCache {

    private UTF8String[] texts = {};

    /** The texts of all numbers in the rows. */
    UTF8String[] of(ColumnarFrames rows) {
      int known = texts.length;
      if (known < rows.texts()) {
        texts = Arrays.copyOf(texts, rows.texts());
        for (int number = known; number < texts.length; number++) {
          texts[number] = UTF8String.fromString(rows.text(number));
        }
      }
      return texts;
    }
  }

  /** Texts of some frames. */
  static final class Texts extends OfFrames {

    private final UTF8String[] texts;

    Texts(ColumnarFrames rows, FrameColumn column, TextCache cache) {
      super(DataTypes.StringType, rows, column);
      texts = cache.of(rows);
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return texts[(int) values[row]];
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

  /** Times of the recorder's clock as times of day, in microseconds. */
  static final class WallTimes extends ReadOnlyVector {

    private static final long NANOS_A_MICRO = 1_000;

    private final ColumnVector times;
    private final WallClock clock;

    WallTimes(ColumnVector times, WallClock clock) {
      super(DataTypes.TimestampType);
      this.times = times;
      this.clock = clock;
    }

    /** Quotients and remainders are added separately, so that the sum cannot overflow. */
    @Override
    public long getLong(int row) {
      long time = times.getLong(row);
      long offset = clock.offsetNanos();
      return Math.floorDiv(time, NANOS_A_MICRO)
          + Math.floorDiv(offset, NANOS_A_MICRO)
          + (Math.floorMod(time, NANOS_A_MICRO) + Math.floorMod(offset, NANOS_A_MICRO))
              / NANOS_A_MICRO;
    }

    @Override
    public boolean isNullAt(int row) {
      return !clock.isKnown() || times.isNullAt(row);
    }

    @Override
    public boolean hasNull() {
      return !clock.isKnown() || times.hasNull();
    }
  }

  /** The values by class, computed once for all batches of a file. */
  static final class Verdicts {

    private final FrameField.Judged field;
    private final Map<Long, Optional<UTF8String>> byClass = new HashMap<>();
    private long last = -1;
    private Optional<UTF8String> ofLast = Optional.empty();

    Verdicts(FrameField.Judged field) {
      this.field = field;
    }

    /**
     * The value for a class; kept for the last class, since neighbouring frames mostly share it.
     */
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

  /** A part of a model's verdicts on frames, by their classes. */
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
