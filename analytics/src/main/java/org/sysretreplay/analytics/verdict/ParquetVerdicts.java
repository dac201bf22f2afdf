package org.sysretreplay.analytics.verdict;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
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
import org.apache.parquet.schema.Types;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.columnar.PageCodecs;

/** Verdicts as rows of a Parquet file. */
final class ParquetVerdicts implements VerdictWriter {

  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("trace")
          .required(INT64)
          .named("seq")
          .required(BINARY)
          .as(stringType())
          .named("outcome")
          .optional(BINARY)
          .as(stringType())
          .named("first_miss")
          .requiredList()
          .requiredElement(BINARY)
          .as(stringType())
          .named("all_miss")
          .named("verdict");

  private final PageCodecs codecs = new PageCodecs();
  private final ParquetWriter<Row> writer;
  private final Binary traceId;

  private record Row(Binary traceId, long seq, Verdict verdict) {}

  ParquetVerdicts(OutputFile target, String traceId) throws IOException {
    this.traceId = Binary.fromString(traceId);
    writer =
        new Builder(target)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build();
  }

  @Override
  public void add(long seq, Verdict verdict) throws IOException {
    writer.write(new Row(traceId, seq, verdict));
  }

  @Override
  public void close() throws IOException {
    try (codecs) {
      writer.close();
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

    Builder(OutputFile target) {
      super(target);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<Row> getWriteSupport(Configuration ignored) {
      return new Support();
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration ignored) {
      return new Support();
    }
  }

  /** How a row's columns get their values. */
  private static final class Support extends WriteSupport<Row> {

    private RecordConsumer to;

    @Override
    @Deprecated
    public WriteContext init(Configuration ignored) {
      return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration ignored) {
      return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(Row row) {
      to.startMessage();
      field(0, row.traceId());
      to.startField("seq", 1);
      to.addLong(row.seq());
      to.endField("seq", 1);
      field(2, Binary.fromString(row.verdict().outcome().name()));
      row.verdict().firstMiss().ifPresent(it -> field(3, Binary.fromString(it.name())));
      to.startField("all_miss", 4);
      to.startGroup();
      if (!row.verdict().allMisses().isEmpty()) {
        elements(row.verdict());
      }
      to.endGroup();
      to.endField("all_miss", 4);
      to.endMessage();
    }

    private void field(int index, Binary value) {
      String name = SCHEMA.getFieldName(index);
      to.startField(name, index);
      to.addBinary(value);
      to.endField(name, index);
    }

    private void elements(Verdict verdict) {
      to.startField("list", 0);
      for (MissReason reason : MissReason.values()) {
        if (verdict.allMisses().contains(reason)) {
          to.startGroup();
          to.startField("element", 0);
          to.addBinary(Binary.fromString(reason.name()));
          to.endField("element", 0);
          to.endGroup();
        }
      }
      to.endField("list", 0);
    }
  }
}
