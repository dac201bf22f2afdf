package org.sysretreplay.ingest.source;

import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Head;

/**
 * Kinds of files that may hold a trace but cannot be read, such as archives. They are refused with
 * what they are and what to do.
 */
enum UnsupportedFile {
  ZIP("PK\u0003\u0004", "a zip archive", "unpack it (unzip) and give what is in it"),
  TAR(257, "ustar", "a tar archive", "unpack it (tar -xf) and give what is in it"),
  SEVEN_ZIP("7z\u00bc\u00af", "a 7z archive", "unpack it (7z x) and give what is in it"),
  RAR("Rar!\u001a", "a rar archive", "unpack it (unrar x) and give what is in it"),
  BZIP2("BZh", "packed with bzip2", "unpack it (bunzip2), or pack it with gzip, xz or zstd"),
  LZ4("\u0004\"M\u0018", "packed with lz4", "unpack it (unlz4), or pack it with gzip, xz or zstd"),
  LZIP("LZIP", "packed with lzip", "unpack it (lzip -d), or pack it with gzip, xz or zstd"),
  LZOP("\u0089LZO", "packed with lzop", "unpack it (lzop -d), or pack it with gzip, xz or zstd"),
  COMPRESS("\u001f\u009d", "packed with compress", "unpack it (uncompress)"),
  TRACE_DAT(
      "\u0017\u0008\u0044tracing",
      "a recording of trace-cmd",
      "print it as text (trace-cmd report -t) and give that"),
  ZEROES(
      "\0\0\0\0",
      "a file that begins with zeroes",
      "copy it whole, or record again: perf writes the start of a recording last"),
  UTF_16_LE(
      1,
      "\0",
      3,
      "\0",
      "text in UTF-16 without a mark",
      "make it UTF-8 (iconv -f UTF-16LE -t UTF-8)"),
  UTF_16_BE(
      0,
      "\0",
      2,
      "\0",
      "text in UTF-16 without a mark",
      "make it UTF-8 (iconv -f UTF-16BE -t UTF-8)");

  private final int at;
  private final String magic;
  private final int alsoAt;
  private final String also;
  private final String sentence;
  private final String remedy;

  UnsupportedFile(String magic, String sentence, String remedy) {
    this(0, magic, sentence, remedy);
  }

  UnsupportedFile(int at, String magic, String sentence, String remedy) {
    this(at, magic, at, magic, sentence, remedy);
  }

  UnsupportedFile(int at, String magic, int alsoAt, String also, String sentence, String remedy) {
    this.at = at;
    this.magic = magic;
    this.alsoAt = alsoAt;
    this.also = also;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** The kind of a file by its first bytes; empty if it is none of these. */
  static Optional<UnsupportedFile> of(Head head) {
    return Stream.of(values()).filter(it -> it.claims(head)).findFirst();
  }

  /** Whether a file that begins like this is of this kind. */
  boolean claims(Head head) {
    return head.has(magic, at) && head.has(also, alsoAt);
  }

  /** What it is, as part of a sentence. */
  String sentence() {
    return sentence;
  }

  /** What to do about it, without a full stop. */
  String remedy() {
    return remedy;
  }
}
