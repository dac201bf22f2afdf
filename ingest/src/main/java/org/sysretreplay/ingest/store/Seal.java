package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.sysretreplay.ingest.files.Sha256;

/**
 * Seals files of rows with a digest of all their bytes, because no other checksum covers the rows.
 * The metadata of the footer holds the SHA-256 of the file with zeros in its place.
 */
final class Seal {

  private static final String KEY = "sysret-replay.sha256";
  private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.US_ASCII);

  /** The bytes between key and value: Thrift's type and length of the value. */
  private static final int GAP = 2;

  private static final int DIGITS = 64;

  private Seal() {}

  /** The metadata with which a file has to be written before it is sealed. */
  static Map<String, String> metadata() {
    return Map.of(KEY, "0".repeat(DIGITS));
  }

  /** Seals a Parquet file with that metadata, and writes it. */
  static void write(byte[] file, OutputFile to) throws IOException {
    int seal = place(file);
    if (seal < 0) {
      throw new IllegalStateException("the file has no place for a seal");
    }
    byte[] digits = Sha256.of(file).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, file, seal, DIGITS);
    try (OutputStream out = to.create(0)) {
      out.write(file);
    }
  }

  /**
   * Reads a sealed file and checks its seal. The file is opened only once, because another may
   * replace it meanwhile.
   *
   * @throws IOException if it cannot be read, or the seal does not match
   * @throws IllegalArgumentException if it has no seal
   */
  static byte[] read(InputFile from) throws IOException {
    byte[] file;
    try (SeekableInputStream bytes = from.newStream()) {
      file = bytes.readAllBytes();
    }
    int seal = place(file);
    if (seal < 0) {
      throw new IllegalArgumentException("it has no seal");
    }
    if (!digits(file, seal).equals(Sha256.of(unsealed(file, seal)))) {
      throw new IOException("its bytes are not those that were written");
    }
    return file;
  }

  private static String digits(byte[] file, int seal) {
    return new String(file, seal, DIGITS, StandardCharsets.US_ASCII);
  }

  private static byte[] unsealed(byte[] file, int seal) {
    byte[] unsealed = file.clone();
    Arrays.fill(unsealed, seal, seal + DIGITS, (byte) '0');
    return unsealed;
  }

  /**
   * The index of the seal: behind the last such key, because text in rows may look like the key,
   * and stands before it.
   */
  private static int place(byte[] file) {
    for (int key = file.length - KEY_BYTES.length - GAP - DIGITS; key >= 0; key--) {
      if (Arrays.equals(file, key, key + KEY_BYTES.length, KEY_BYTES, 0, KEY_BYTES.length)) {
        return key + KEY_BYTES.length + GAP;
      }
    }
    return -1;
  }
}
