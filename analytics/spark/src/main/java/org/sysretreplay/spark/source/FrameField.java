package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.ingest.frames.FrameColumn;

/** A column of the table {@code frames} in Spark. */
sealed interface FrameField extends Serializable {

  /** The name of the column. */
  String key();

  /** What the column is, as part of a sentence. */
  String sentence();

  /** The unit of its values: the name of a {@link FrameColumn.Unit}, or another. */
  String unit();

  DataType type();

  boolean nullable();

  /** The column for Spark's schema, with its sentence and its unit. */
  default StructField structField() {
    return new StructField(
            key(), type(), nullable(), new MetadataBuilder().putString("unit", unit()).build())
        .withComment(sentence());
  }

  /** A column whose value is the same for all frames of a trace. */
  enum OfTrace implements FrameField {
    WORKLOAD("workload", "what the frame is counted under"),
    TRACE("trace", "names the trace within its workload");

    private final String key;
    private final String sentence;

    OfTrace(String key, String sentence) {
      this.key = key;
      this.sentence = sentence;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public String sentence() {
      return sentence;
    }

    @Override
    public String unit() {
      return FrameColumn.Unit.TEXT.key();
    }

    @Override
    public DataType type() {
      return DataTypes.StringType;
    }

    @Override
    public boolean nullable() {
      return false;
    }
  }

  /** A column that is made from one column of the store. */
  sealed interface OfColumn extends FrameField {

    FrameColumn column();

    @Override
    default String key() {
      return column().key();
    }

    @Override
    default String sentence() {
      return column().sentence();
    }

    @Override
    default String unit() {
      return column().unit().key();
    }

    @Override
    default boolean nullable() {
      return column().presence() != FrameColumn.Presence.ALWAYS;
    }
  }

  /** A column of the store as it is. */
  record Stored(FrameColumn column) implements OfColumn {

    @Override
    public DataType type() {
      return switch (column.kind()) {
        case NUMBER -> DataTypes.LongType;
        case TEXT -> DataTypes.StringType;
      };
    }
  }

  /** A register as text that begins with 0x. */
  record Hex(FrameColumn column) implements OfColumn {

    @Override
    public DataType type() {
      return DataTypes.StringType;
    }
  }

  /** The time of day, if the trace tells the offset of its clock. */
  enum Derived implements FrameField {
    WALL_TIME;

    @Override
    public String key() {
      return "wall_time";
    }

    @Override
    public String sentence() {
      return "when, by the time of day in UTC: ts_ns and the offset that the recording has of perf"
          + " record -k; null where it has none";
    }

    @Override
    public String unit() {
      return "microseconds";
    }

    @Override
    public DataType type() {
      return DataTypes.TimestampType;
    }

    @Override
    public boolean nullable() {
      return true;
    }
  }

  /** A part of a model's verdict on the frame. */
  record Judged(ModelOption judge, Part part) implements FrameField {

    /** The parts of a verdict that are columns. */
    enum Part {
      OUTCOME("outcome_", "what %s makes of the frame") {
        @Override
        Optional<String> of(ModelOption judge, FrameClass frames) {
          return Optional.of(judge.judge(frames).outcome().name());
        }
      },
      FIRST_MISS(
          "first_miss_", "the first check of %s that refuses the frame; null where none does") {
        @Override
        Optional<String> of(ModelOption judge, FrameClass frames) {
          return judge.judge(frames).firstMiss().map(MissReason::name);
        }
      },
      MISS_CAUSE("miss_cause_", "the cause of that miss; null where there is none") {
        @Override
        Optional<String> of(ModelOption judge, FrameClass frames) {
          return Optional.of(judge.judge(frames))
              .filter(it -> it.firstMiss().isPresent())
              .map(it -> Cause.ofMiss(it, frames.cause()).key());
        }
      };

      private final String prefix;
      private final String sentence;

      Part(String prefix, String sentence) {
        this.prefix = prefix;
        this.sentence = sentence;
      }

      abstract Optional<String> of(ModelOption judge, FrameClass frames);
    }

    @Override
    public String key() {
      return part.prefix + judge.key();
    }

    @Override
    public String sentence() {
      return part.sentence.formatted(judge.modelId());
    }

    @Override
    public String unit() {
      return FrameColumn.Unit.TEXT.key();
    }

    @Override
    public DataType type() {
      return DataTypes.StringType;
    }

    @Override
    public boolean nullable() {
      return part != Part.OUTCOME;
    }

    Optional<String> of(FrameClass frames) {
      return part.of(judge, frames);
    }
  }
}
