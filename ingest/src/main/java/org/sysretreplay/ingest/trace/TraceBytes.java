package org.sysretreplay.ingest.trace;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/** Reads the bytes of a trace file, decompressed if its first bytes say gzip, xz or Zstandard. */
public final class TraceBytes {

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * The most memory for decompressing xz: four times what {@code xz -9} needs. A forged header may
   * ask for more.
   */
  private static final int MAX_XZ_KIB = 1 << 18;

  /** How a file is compressed. */
  public enum Packing {
    PLAIN,
    GZIP,
    XZ,
    ZSTD;

    private static final byte[] XZ_MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    private static Packing of(byte[] magic) {
      if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
        return GZIP;
      }
      if (Arrays.equals(magic, XZ_MAGIC)) {
        return XZ;
      }
      boolean zstd =
          magic.length >= 4
              && magic[0] == 0x28
              && magic[1] == (byte) 0xb5
              && magic[2] == 0x2f
              && magic[3] == (byte) 0xfd;
      return zstd ? ZSTD : PLAIN;
    }
  }

  private TraceBytes() {}

  /** How the file is compressed, by its first bytes. */
  public static Packing packingOf(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Packing.of(in.readNBytes(Packing.XZ_MAGIC.length));
    }
  }

  /**
   * A stream of the decompressed bytes. It has no buffer: that would lose the last bytes before the
   * damage in a damaged file.
   */
  public static InputStream open(NamedFile file) throws IOException {
    Packing packing = packingOf(file.path());
    InputStream raw =
        new BufferedInputStream(
            Odometer.BYTES_READ.of(Files.newInputStream(file.path())), BUFFER_BYTES);
    return switch (packing) {
      case PLAIN -> raw;
      case GZIP -> bounded(file, new GzipMembers(raw, BUFFER_BYTES));
      case XZ -> bounded(file, new XZInputStream(raw, MAX_XZ_KIB));
      case ZSTD -> bounded(file, new ZstdInputStream(raw));
    };
  }

  private static InputStream bounded(NamedFile file, InputStream unpacked) throws IOException {
    long packedBytes = Files.size(file.path());
    return new BoundedInput(unpacked, bytes -> file.bounds().check(packedBytes, bytes));
  }

  /**
   * Makes a decompressed temporary copy, for formats that are not read from start to end. The
   * caller deletes it.
   *
   * @throws OutputException if there is no room for it
   */
  public static Path unpack(NamedFile file, String suffix) throws IOException {
    try (InputStream in = open(file)) {
      return TempCopy.of(in, suffix, file.bounds());
    }
  }

  /**
   * The first decompressed bytes, at most {@code limit}, or as many as a damaged file still gives.
   */
  public static byte[] head(NamedFile file, int limit) {
    byte[] head = new byte[limit];
    int length = 0;
    try (InputStream in = open(file)) {
      int count = 0;
      while (count >= 0 && length < limit) {
        length += count;
        count = in.read(head, length, limit - length);
      }
    } catch (IOException e) {
      throwUnlessDamaged(file.name(), length, e);
    }
    return Arrays.copyOf(head, length);
  }

  /** The first decompressed bytes of the file at that path. */
  public static byte[] head(Path path, int limit) {
    return head(NamedFile.of(path), limit);
  }

  private static void throwUnlessDamaged(String source, int length, IOException e) {
    if (length == 0) {
      throw unreadable(source, e);
    }
  }

  /** The error for a file that the operating system or a decompressor cannot read. */
  public static TraceException unreadable(String source, IOException e) {
    if (e instanceof NoSuchFileException) {
      return TraceException.of(source, "there is no such file", "check the name", e);
    }
    if (needsMemory(e)) {
      return TraceException.of(
          source,
          "it needs more memory to unpack than is allowed",
          "unpack it, or pack it with a smaller window (zstd without --long, xz -9)",
          e);
    }
    if (isDamage(e)) {
      return TraceException.of(source, damage(e), "copy the file whole, or record again", e);
    }
    if (e instanceof TooMuchException tooMuch) {
      return TraceException.of(source, e.getMessage(), tooMuch.remedy(), e);
    }
    return TraceException.of(
        source,
        "it cannot be read (" + OutputException.why(source, e) + ")",
        "check its permissions",
        e);
  }

  /**
   * Whether the exception is a decompressor's about damaged data, and not the operating system's.
   */
  public static boolean isDamage(IOException e) {
    return !needsMemory(e)
        && (e instanceof EOFException
            || e instanceof ZipException
            || e instanceof XZIOException
            || e instanceof ZstdIOException);
  }

  /**
   * Whether a decompressor would need more memory than it may have: {@link #MAX_XZ_KIB}, or for
   * Zstandard the 128 MiB that its library allows a window unless it is told otherwise.
   */
  private static boolean needsMemory(IOException e) {
    return e instanceof MemoryLimitException
        || e instanceof ZstdIOException zstd
            && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
  }

  /** What is wrong with a damaged compressed file, without a full stop. */
  public static String damage(IOException e) {
    return "the compressed data is damaged or cut off (" + OutputException.why(e) + ")";
  }
}
