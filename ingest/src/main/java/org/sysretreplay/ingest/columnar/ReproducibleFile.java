package org.sysretreplay.ingest.columnar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new Parquet file whose bytes depend on nothing but the content. The library lists the encodings
 * of a column in the order of a hash set of enums, which differs from JVM to JVM; here the footer
 * lists them in the order of the format's numbers.
 */
public final class ReproducibleFile implements OutputFile {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** The bytes behind the footer: its length and the magic. */
  private static final int TAIL = Integer.BYTES + 4;

  private final OutputFile file;
  private final boolean isSmall;
  private Stream stream;

  /** Writes to that file. {@link #footerFollows} has to be called. */
  public ReproducibleFile(OutputFile file) {
    this(file, false);
  }

  private ReproducibleFile(OutputFile file, boolean isSmall) {
    this.file = file;
    this.isSmall = isSmall;
  }

  /** Writes to that file when it is closed; until then all of it is kept in memory. */
  public static ReproducibleFile small(OutputFile file) {
    return new ReproducibleFile(file, true);
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = new Stream(file.create(blockSizeHint), isSmall);
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    stream = new Stream(file.createOrOverwrite(blockSizeHint), isSmall);
    return stream;
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  @Override
  public String getPath() {
    return file.getPath();
  }

  /**
   * Is called once all rows are written. What follows is the footer, which is kept until the file
   * is closed.
   */
  public void footerFollows() {
    stream.isKeeping = true;
  }

  private static final class Stream extends PositionOutputStream {

    private final PositionOutputStream out;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean isKeeping;

    Stream(PositionOutputStream out, boolean isKeeping) {
      this.out = out;
      this.isKeeping = isKeeping;
    }

    private OutputStream to() {
      return isKeeping ? kept : out;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos() + kept.size();
    }

    @Override
    public void write(int b) throws IOException {
      to().write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      to().write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      try (out) {
        out.write(stable(kept.toByteArray()));
        kept.reset();
      }
    }
  }

  /** The end of the file with an ordered footer; unchanged if the footer is incomplete. */
  private static byte[] stable(byte[] end) throws IOException {
    int tail = end.length - TAIL;
    if (tail < 0 || !Arrays.equals(end, tail + Integer.BYTES, end.length, MAGIC, 0, MAGIC.length)) {
      return end;
    }
    int length = BytesUtils.readIntLittleEndian(new ByteArrayInputStream(end, tail, Integer.BYTES));
    ByteArrayOutputStream stable = new ByteArrayOutputStream();
    stable.write(end, 0, tail - length);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(end, tail - length, length));
    order(footer);
    Util.writeFileMetaData(footer, stable);
    BytesUtils.writeIntLittleEndian(stable, stable.size() - tail + length);
    stable.write(MAGIC);
    return stable.toByteArray();
  }

  private static void order(FileMetaData footer) {
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        column.getMeta_data().getEncodings().sort(Comparator.naturalOrder());
      }
    }
  }
}
