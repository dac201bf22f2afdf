package org.sysretreplay.ingest.trace;

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
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/** The bytes of a trace file, decompressed where its first bytes say gzip, xz or Zstandard. */
public final class TraceBytes {

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * What unpacking xz may need: four times as much as {@code xz -9} does. A header may ask for
   * more.
   */
  private static final int MAX_XZ_KIB = 1 << 18;

  /** How a file is packed. */
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

  /** How the file is packed, by its first bytes. */
  public static Packing packingOf(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Packing.of(in.readNBytes(Packing.XZ_MAGIC.length));
    }
  }

  /**
   * The decompressed bytes from the start, not buffered: a buffer would swallow the bytes before
   * the damage of a damaged stream.
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
   * A decompressed copy in the folder for temporary files, for formats that are not read from start
   * to end. Whoever asks deletes it.
   *
   * @throws OutputException where there is no room for it
   */
  public static Path unpack(NamedFile file, String suffix) throws IOException {
    try (InputStream in = open(file)) {
      return TempCopy.of(in, suffix, file.bounds());
    }
  }

  /** The first decompressed bytes, at most {@code limit}: as many as a damaged file still gives. */
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

  /** The same of a file that is where its name says. */
  public static byte[] head(Path path, int limit) {
    return head(NamedFile.of(path), limit);
  }

  private static void throwUnlessDamaged(String source, int length, IOException e) {
    if (length == 0) {
      throw unreadable(source, e);
    }
  }

  /** The error of a file that the operating system or a decompressor cannot read. */
  public static TraceException unreadable(String source, IOException e) {
    if (e instanceof NoSuchFileException) {
      return TraceException.of(source, "there is no such file", "check the name", e);
    }
    if (isDamage(e)) {
      return TraceException.of(source, damage(e), "copy the file whole, or record again", e);
    }
    if (e instanceof TooMuchException tooMuch) {
      return TraceException.of(source, e.getMessage(), tooMuch.remedy(), e);
    }
    return TraceException.of(
        source, "it cannot be read (" + why(e) + ")", "check its permissions", e);
  }

  /** Whether a decompressor met damage, and not the operating system a failure. */
  public static boolean isDamage(IOException e) {
    return e instanceof EOFException
        || e instanceof ZipException
        || e instanceof XZIOException
        || e instanceof ZstdIOException;
  }

  /** What is wrong with a packed file, without a full stop. */
  public static String damage(IOException e) {
    return "the compressed data is damaged or cut off (" + why(e) + ")";
  }

  /** What the error says, or is called where it says nothing. */
  static String why(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
