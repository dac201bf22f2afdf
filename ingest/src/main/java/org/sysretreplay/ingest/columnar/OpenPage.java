package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;

/**
 * A page that is being read: how many of its rows are left, which of them have a value, and their
 * values, as codes of the dictionary or plain.
 */
final class OpenPage {

  /** Before the first page of a column. */
  static final OpenPage NONE = new OpenPage();

  private int left;
  private boolean isAllNull;
  private Optional<RunDecoder> levels = Optional.empty();
  private Optional<RunDecoder> codes = Optional.empty();
  private ValuesReader plain;
  private final ValueCounts presence = new ValueCounts(1);

  private OpenPage() {}

  private OpenPage(ColumnDescriptor column, DataPage page) throws IOException {
    left = page.getValueCount();
    if (page instanceof DataPageV1 v1) {
      open(column, v1);
    } else if (page instanceof DataPageV2 v2) {
      open(column, v2);
    }
  }

  /**
   * The first row of the next page.
   *
   * @param page null where there is none
   */
  static OpenPage of(ColumnDescriptor column, DataPage page) throws IOException {
    if (page == null) {
      throw new IOException("the file has fewer values than rows");
    }
    return new OpenPage(column, page);
  }

  private void open(ColumnDescriptor column, DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    if (column.getMaxDefinitionLevel() > 0) {
      if (page.getDlEncoding() != Encoding.RLE) {
        throw new IOException("nulls encoded as " + page.getDlEncoding());
      }
      byte[] bytes = in.readNBytes(BytesUtils.readIntLittleEndian(in));
      levels = Optional.of(new RunDecoder(bytes, 0, 1));
    }
    openValues(column, page.getValueEncoding(), in);
  }

  private void open(ColumnDescriptor column, DataPageV2 page) throws IOException {
    isAllNull = page.getNullCount() == left;
    if (column.getMaxDefinitionLevel() > 0 && page.getNullCount() > 0) {
      byte[] bytes = page.getDefinitionLevels().toInputStream().readAllBytes();
      levels = Optional.of(new RunDecoder(bytes, 0, 1));
    }
    openValues(column, page.getDataEncoding(), page.getData().toInputStream());
  }

  private void openValues(ColumnDescriptor column, Encoding encoding, ByteBufferInputStream in)
      throws IOException {
    if (encoding.usesDictionary()) {
      byte[] bytes = in.readAllBytes();
      codes = Optional.of(new RunDecoder(bytes, 1, bytes.length == 0 ? 0 : bytes[0]));
    } else {
      PageSizes.checkDifferences(encoding, in);
      plain = encoding.getValuesReader(column, ValuesType.VALUES);
      plain.initFromPage(left, in);
    }
  }

  boolean isAtEnd() {
    return left == 0;
  }

  /** Goes on by so many rows, or by all that are left; gives how many these are. */
  int take(int atMost) {
    int rows = Math.min(left, atMost);
    left -= rows;
    return rows;
  }

  /** No row has a value. */
  boolean isAllNull() {
    return isAllNull;
  }

  /** Says of each row by a 1 that it has a value; empty where all have one. */
  Optional<RunDecoder> levels() {
    return levels;
  }

  /** How many of the next rows have a value; these are asked for once. */
  int present(int rows) {
    if (isAllNull) {
      return 0;
    }
    if (levels.isEmpty()) {
      return rows;
    }
    levels.get().count(rows, presence);
    int[] sum = {0};
    presence.drain((level, count) -> sum[0] += level * count);
    return sum[0];
  }

  /** The codes of the rows that have a value; empty where values are plain. */
  Optional<RunDecoder> codes() {
    return codes;
  }

  /** The values where they are plain; else null. */
  ValuesReader plain() {
    return plain;
  }
}
