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
 * A page that is being read: its remaining rows, which of them have a value, and the values, as
 * dictionary codes or plain.
 */
final class OpenPage {

  /** Stands for the page before the first one: it is at its end. */
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
   * Opens a page at its first row.
   *
   * @param page null if there is none, which is an error
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

  /** Goes on by so many rows or by all that are left, and gives how many. */
  int take(int atMost) {
    int rows = Math.min(left, atMost);
    left -= rows;
    return rows;
  }

  /** Whether no row has a value. */
  boolean isAllNull() {
    return isAllNull;
  }

  /** Gives a 1 for each row with a value and a 0 for the others; empty if all rows have one. */
  Optional<RunDecoder> levels() {
    return levels;
  }

  /** How many of the next rows have a value. This consumes their levels. */
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

  /** The codes of the rows that have a value; empty if values are plain. */
  Optional<RunDecoder> codes() {
    return codes;
  }

  /** The plain values; null if there are codes. */
  ValuesReader plain() {
    return plain;
  }
}
