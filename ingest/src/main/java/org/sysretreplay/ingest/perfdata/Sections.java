package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Reads the sections of a perf.data file that its header points to. Every failure is a {@link
 * TraceException} with the place.
 */
final class Sections {

  /** The remedy for a file that is not whole. */
  static final String COPY_WHOLE = "copy the file whole, or record again";

  /** Headers are some kilobytes, format files some megabytes; anything near this is damage. */
  private static final int MAX_BYTES = 1 << 28;

  /** A section of the file: its offset and size in bytes. */
  record Section(long offset, long size) {

    /** The size of a section's entry in a header: two 64-bit words. */
    static final int BYTES = 16;

    static Section read(ByteCursor in, String field) {
      return new Section(in.u64(field + " offset"), in.u64(field + " size"));
    }
  }

  /** Parses the bytes of a section. */
  interface Parser<T> {
    T parse(ByteCursor in);
  }

  private final FileChannel file;
  private final String source;

  /** Where the last section that was opened or passed ends. */
  private long end;

  /**
   * The sections of one file.
   *
   * @param source the file as the user named it
   */
  Sections(FileChannel file, String source) {
    this.file = file;
    this.source = source;
  }

  String source() {
    return source;
  }

  long fileBytes() throws IOException {
    return file.size();
  }

  /** The bytes of a section. */
  ByteCursor open(String what, Section section) throws IOException {
    boolean sane =
        section.offset() >= 0
            && section.size() >= 0
            && section.size() <= MAX_BYTES
            && section.offset() <= file.size() - section.size();
    if (!sane) {
      throw TraceException.at(
          Place.ofByte(source, Math.min(file.size(), Math.max(0, section.offset()))),
          "the " + what + " should be here and is not: the file is cut off or damaged",
          COPY_WHOLE);
    }
    noteEnd(section);
    ByteBuffer bytes = ByteBuffer.allocate((int) section.size());
    ChannelReads.readFully(file, section.offset(), bytes);
    return new ByteCursor(bytes.flip());
  }

  /** Takes note of where a section ends. */
  void noteEnd(Section section) {
    end = Math.max(end, section.offset() + section.size());
  }

  /** Where the last section so far ends, in bytes of the file. */
  long end() {
    return end;
  }

  /** The records from {@code start} up to {@code end}, both in bytes of the file. */
  RecordStream records(long start, long end) {
    return new RecordStream(file, start, end, RecordStream.WINDOW_BYTES);
  }

  /** Parses a section. */
  <T> T parse(String what, Section section, Parser<T> parser) throws IOException {
    return parse(what, section, open(what, section), parser);
  }

  /** Parses a part of a section. */
  <T> T parse(String what, Section section, ByteCursor in, Parser<T> parser) {
    try {
      return parser.parse(in);
    } catch (ShortReadException e) {
      throw TraceException.at(
          Place.ofByte(source, section.offset()),
          "the " + what + " cannot be read (" + e.getMessage() + ")",
          COPY_WHOLE);
    }
  }
}
