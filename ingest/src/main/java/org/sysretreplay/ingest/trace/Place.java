package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * A place in a file, for messages and rejects.
 *
 * @param source the file as the user named it
 * @param position a byte offset from the start of the (decompressed) file, or the number of a line
 *     or row from 1
 */
public record Place(String source, Unit unit, long position) implements Serializable {

  /** The unit of {@link #position}. */
  public enum Unit {
    BYTE,
    LINE,
    ROW
  }

  /** A file, and the unit of its positions. */
  public record Source(String name, Unit unit) {

    /** A place in this file. */
    public Place at(long position) {
      return new Place(name, unit, position);
    }
  }

  /** A byte offset of a binary file. */
  public static Place ofByte(String source, long offset) {
    return new Place(source, Unit.BYTE, offset);
  }

  /** A line of a text file, counted from 1. */
  public static Place ofLine(String source, long line) {
    return new Place(source, Unit.LINE, line);
  }

  /** A row of a table, counted from 1. */
  public static Place ofRow(String source, long row) {
    return new Place(source, Unit.ROW, row);
  }

  @Override
  public String toString() {
    return switch (unit) {
      case BYTE -> source + " @ byte 0x" + Long.toHexString(position);
      case LINE -> source + ":" + position;
      case ROW -> source + " @ row " + position;
    };
  }
}
