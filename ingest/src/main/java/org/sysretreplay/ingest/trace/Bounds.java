package org.sysretreplay.ingest.trace;

import java.io.File;
import java.io.Serializable;

/**
 * Limits against hostile traces: one may unpack to something that fills a disk, or hold nothing but
 * rejects.
 *
 * @param ratio how many times as large as its file the unpacked trace may be; {@link #FREE} bytes
 *     are always allowed
 * @param tempBytes how many bytes one trace may put into the folder for temporary files; 0 for half
 *     of the free space there, or {@link #FREE} if that is more
 * @param rejects how many rejects of one trace are kept. Of the rest, one for each reason is kept,
 *     which counts them. A trace with a hundred times as many rejects, and hardly any other record,
 *     is not read on
 */
public record Bounds(long ratio, long tempBytes, long rejects) implements Serializable {

  /** Any file may unpack to this many bytes, which fit everywhere. */
  public static final long FREE = 1L << 28;

  /** The usual ratio. Texts and recordings are compressed to a fiftieth at best. */
  public static final long RATIO = 200;

  /** The usual number of rejects that are kept. */
  public static final long REJECTS = 10_000;

  /** A file with so many rejects, and hardly a sound record, is no trace. */
  private static final long HOPELESS = 100 * REJECTS;

  /** The limits unless the user sets others. */
  public static final Bounds USUAL = new Bounds(RATIO, 0, REJECTS);

  public Bounds {
    if (ratio < 1 || tempBytes < 0 || rejects < 0) {
      throw new IllegalArgumentException("%d, %d, %d".formatted(ratio, tempBytes, rejects));
    }
  }

  /** The most bytes that may come out of so many packed ones. */
  long unpacked(long packedBytes) {
    long most = Math.multiplyHigh(packedBytes, ratio) == 0 ? packedBytes * ratio : Long.MAX_VALUE;
    return Math.max(FREE, most < 0 ? Long.MAX_VALUE : most);
  }

  /**
   * Makes sure that no more bytes came out of the packed ones than are allowed.
   *
   * @throws TooMuchException if more came
   */
  public void check(long packedBytes, long unpackedBytes) throws TooMuchException {
    if (unpackedBytes > unpacked(packedBytes)) {
      throw new TooMuchException(
          "of %,d packed bytes more than %,d come out, over %,d times as many"
              .formatted(packedBytes, unpacked(packedBytes), ratio),
          "if the file is yours, give --max-ratio a larger number");
    }
  }

  /**
   * Makes sure that a trace has more than rejects.
   *
   * @param rejected how many of them were rejected
   * @param read how many records were read
   * @param last the last of the rejects
   * @throws TraceException if there were very many records and hardly one was sound
   */
  void checkRejects(String source, long rejected, long read, Reject last) {
    boolean many = rejected >= HOPELESS && rejected / (HOPELESS / REJECTS) >= rejects;
    if (many && rejected > read - read / 100) {
      throw TraceException.of(
          source,
          "of its first %,d records %,d are broken; the last one: %s"
              .formatted(read, rejected, last.detail()),
          "see that the file is what it should be, or read on with a larger --max-rejects");
    }
  }

  /** How many bytes one trace may now put into the folder for temporary files. */
  long temporary() {
    return tempBytes > 0
        ? tempBytes
        : Math.max(FREE, new File(System.getProperty("java.io.tmpdir")).getUsableSpace() / 2);
  }
}
