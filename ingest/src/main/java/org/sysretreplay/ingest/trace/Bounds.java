package org.sysretreplay.ingest.trace;

import java.io.File;
import java.io.Serializable;

/**
 * How much a trace may make of little: somebody may have packed it so that it fills a disk, or
 * written it so that nothing in it is sound.
 *
 * @param ratio how many times as large as its file the unpacked trace may be, beyond {@link #FREE}
 * @param tempBytes how much one trace may put into the folder for temporary files; 0 for half of
 *     what is free there, and {@link #FREE} where that is less
 * @param rejects how many rejects of one trace are kept whole; of the others of each reason the
 *     first is, and they are counted; a trace with a hundred times as many, and hardly another
 *     record, is not read on
 */
public record Bounds(long ratio, long tempBytes, long rejects) implements Serializable {

  /** So much may be unpacked of any file: it fits everywhere. */
  public static final long FREE = 1L << 28;

  /** Texts and recordings are packed to a fiftieth at best. */
  public static final long RATIO = 200;

  /** So many rejects tell all that there is to tell. */
  public static final long REJECTS = 10_000;

  /** So many rejects, with hardly a sound record among them, are no trace. */
  private static final long HOPELESS = 100 * REJECTS;

  /** What holds where nobody says otherwise. */
  public static final Bounds USUAL = new Bounds(RATIO, 0, REJECTS);

  public Bounds {
    if (ratio < 1 || tempBytes < 0 || rejects < 0) {
      throw new IllegalArgumentException("%d, %d, %d".formatted(ratio, tempBytes, rejects));
    }
  }

  /** How many bytes may be made of so many. */
  long unpacked(long packedBytes) {
    long most = Math.multiplyHigh(packedBytes, ratio) == 0 ? packedBytes * ratio : Long.MAX_VALUE;
    return Math.max(FREE, most < 0 ? Long.MAX_VALUE : most);
  }

  /**
   * Makes sure that no more was made of some bytes than may be.
   *
   * @throws TooMuchException where it was
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
   * Makes sure that there is hope for a trace.
   *
   * @param rejected how many of the records that were read
   * @param read how many records
   * @param last the last of the rejects
   * @throws TraceException where hardly a record of very many is sound
   */
  void checkRejects(String source, long rejected, long read, Reject last) {
    boolean many = rejected >= HOPELESS && rejected / (HOPELESS / REJECTS) >= rejects;
    if (many && rejected > read - read / 100) {
      throw TraceException.of(
          source,
          "of its first %,d records %,d are broken, the last as all like it: %s"
              .formatted(read, rejected, last.detail()),
          "see that the file is what it should be, or read on with a larger --max-rejects");
    }
  }

  /** How many bytes one trace may put into the folder for temporary files now. */
  long temporary() {
    return tempBytes > 0
        ? tempBytes
        : Math.max(FREE, new File(System.getProperty("java.io.tmpdir")).getUsableSpace() / 2);
  }
}
