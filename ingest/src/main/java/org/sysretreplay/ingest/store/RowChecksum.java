package org.sysretreplay.ingest.store;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.sysretreplay.ingest.files.Sha256;

/** Computes the checksum of a row: the SHA-256 of all its values but the checksum itself. */
final class RowChecksum {

  /** The column that holds it. */
  static final String COLUMN = "checksum";

  private RowChecksum() {}

  /** The checksum of a row, in hexadecimal digits. */
  static String of(Group row) {
    StringBuilder text = new StringBuilder();
    append(row, text);
    return Sha256.of(text.toString());
  }

  /**
   * Appends every value behind its column's name and its length, so that different rows give
   * different texts.
   */
  private static void append(Group group, StringBuilder text) {
    GroupType columns = group.getType();
    for (int column = 0; column < columns.getFieldCount(); column++) {
      String name = columns.getFieldName(column);
      if (!name.equals(COLUMN)) {
        for (int i = 0; i < group.getFieldRepetitionCount(column); i++) {
          text.append(name).append('=');
          append(group, column, i, text);
        }
      }
    }
  }

  private static void append(Group group, int column, int index, StringBuilder text) {
    if (group.getType().getType(column).isPrimitive()) {
      String value = group.getValueToString(column, index);
      text.append(value.length()).append(':').append(value).append(';');
    } else {
      text.append('{');
      append(group.getGroup(column, index), text);
      text.append('}');
    }
  }
}
