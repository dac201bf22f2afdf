package org.sysretreplay.analytics.verdict;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.sysretreplay.ingest.columnar.PageCodecs;

/** Writes rows to a Parquet file. */
final class ParquetRows<R> implements RowWriter<R> {

  /** The names of the fields in an entry of a map. */
  private static final String KEY = "key";

  private static final String VALUE = "value";

  private final PageCodecs codecs = new PageCodecs();
  private final ParquetWriter<R> writer;

  ParquetRows(OutputFile target, List<Column<R>> columns) throws IOException {
    writer =
        new Builder<>(target, columns)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build();
  }

  /** The schema of a file with these columns. */
  static <R> MessageType schema(List<Column<R>> columns) {
    return new MessageType("verdict", columns.stream().map(ParquetRows::type).toList());
  }

  private static Type type(Column<?> column) {
    Type.Repetition repetition =
        column.canBeNull() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    return switch (column.type()) {
      case TEXT -> Types.primitive(BINARY, repetition).as(stringType()).named(column.key());
      case NUMBER, REGISTER -> Types.primitive(INT64, repetition).named(column.key());
      case SHARE -> Types.primitive(DOUBLE, repetition).named(column.key());
      case COUNTS ->
          Types.requiredMap()
              .key(Types.required(BINARY).as(stringType()).named(KEY))
              .value(Types.required(INT64).named(VALUE))
              .named(column.key());
      case NAMES ->
          Types.requiredList().requiredElement(BINARY).as(stringType()).named(column.key());
    };
  }

  @Override
  public void add(R row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    try (codecs) {
      writer.close();
    }
  }

  private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {

    private final List<Column<R>> columns;

    Builder(OutputFile target, List<Column<R>> columns) {
      super(target);
      this.columns = columns;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<R> getWriteSupport(Configuration ignored) {
      return new Support<>(columns);
    }

    @Override
    protected WriteSupport<R> getWriteSupport(ParquetConfiguration ignored) {
      return new Support<>(columns);
    }
  }

  /** Writes the cells of a row to Parquet's columns. */
  private static final class Support<R> extends WriteSupport<R> {

    private final List<Column<R>> columns;
    private RecordConsumer to;

    Support(List<Column<R>> columns) {
      this.columns = columns;
    }

    @Override
    @Deprecated
    public WriteContext init(Configuration ignored) {
      return new WriteContext(schema(columns), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration ignored) {
      return new WriteContext(schema(columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(R row) {
      to.startMessage();
      for (int i = 0; i < columns.size(); i++) {
        Object cell = columns.get(i).of(row);
        if (cell != null) {
          to.startField(columns.get(i).key(), i);
          write(columns.get(i).type(), cell);
          to.endField(columns.get(i).key(), i);
        }
      }
      to.endMessage();
    }

    private void write(Column.Type type, Object cell) {
      switch (type) {
        case TEXT -> to.addBinary(Binary.fromString((String) cell));
        case NUMBER, REGISTER -> to.addLong((Long) cell);
        case SHARE -> to.addDouble((Double) cell);
        case COUNTS -> {
          to.startGroup();
          entries(Column.counts(cell));
          to.endGroup();
        }
        case NAMES -> {
          to.startGroup();
          elements(Column.names(cell));
          to.endGroup();
        }
      }
    }

    private void entries(Map<?, ?> counts) {
      if (counts.isEmpty()) {
        return;
      }
      to.startField("key_value", 0);
      for (Map.Entry<?, ?> count : counts.entrySet()) {
        to.startGroup();
        to.startField(KEY, 0);
        to.addBinary(Binary.fromString(count.getKey().toString()));
        to.endField(KEY, 0);
        to.startField(VALUE, 1);
        to.addLong((Long) count.getValue());
        to.endField(VALUE, 1);
        to.endGroup();
      }
      to.endField("key_value", 0);
    }

    private void elements(List<?> names) {
      if (names.isEmpty()) {
        return;
      }
      to.startField("list", 0);
      for (Object name : names) {
        to.startGroup();
        to.startField("element", 0);
        to.addBinary(Binary.fromString(name.toString()));
        to.endField("element", 0);
        to.endGroup();
      }
      to.endField("list", 0);
    }
  }
}
