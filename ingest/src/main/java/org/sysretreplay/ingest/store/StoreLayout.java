package org.sysretreplay.ingest.store;

import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The layout of a store, as paths below its folder: {@code
 * frames/workload=<w>/trace=<id>/part-*.parquet}, {@code rejects/...} and {@code maps/...}
 * likewise, and {@code traces/rows-<unit>.parquet}.
 */
final class StoreLayout {

  /** The folder of the rows that make traces visible. */
  static final String TRACES = "traces";

  private static final String ROWS = "rows-";
  private static final String PARQUET = ".parquet";

  /** The characters that Hive, Spark and DuckDB escape in the name of a partition's folder. */
  private static final String ESCAPED = "\"#%'*/:=?\\{}[]^";

  private static final Pattern PART = Pattern.compile("part-[0-9]{5}-[0-9A-Za-z-]+\\.parquet");

  private static final Pattern FOLDER_OF_TRACE =
      Pattern.compile("(frames|rejects|maps)/workload=[^/]*/trace=[^/]*");

  private static final int SPACE = 0x20;
  private static final int DELETE = 0x7f;

  private StoreLayout() {}

  /** The folder of a workload in a table. */
  static String workload(StoreTable table, String workload) {
    return table.folder() + "/workload=" + escape(workload);
  }

  /** The folder of one trace in a table. */
  static String trace(StoreTable table, String workload, String traceId) {
    return workload(table, workload) + "/trace=" + escape(traceId);
  }

  /** A name that no part file has yet. */
  static String newPart() {
    return "part-00000-" + UUID.randomUUID().toString().substring(0, 13) + PARQUET;
  }

  /** Whether a file in the folder of a trace has the name of a part file. */
  static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /** Whether a path is one that {@link #trace} gives. */
  static boolean isFolderOfTrace(String path) {
    return FOLDER_OF_TRACE.matcher(path).matches();
  }

  /** The file of the rows that become visible together. */
  static String rows(String unit) {
    return TRACES + "/" + ROWS + escape(unit) + PARQUET;
  }

  /** Whether a file in the folder {@link #TRACES} holds rows. */
  static boolean isRows(String name) {
    return name.startsWith(ROWS) && name.endsWith(PARQUET);
  }

  /**
   * Whether an entry of the folder {@link #TRACES} was written by versions before there were units.
   */
  static boolean isOfEarlierVersion(String name) {
    return name.startsWith("workload=");
  }

  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (char each : name.toCharArray()) {
      if (each < SPACE || each == DELETE || ESCAPED.indexOf(each) >= 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) each));
      } else {
        escaped.append(each);
      }
    }
    return escaped.toString();
  }
}
