package org.sysretreplay.spark.source;

import org.apache.spark.sql.connector.read.Scan;

/** Builds the scan of trace files for the table {@code frames}. */
final class PerfScanBuilder extends FrameScanBuilder {

  PerfScanBuilder(SourceOptions options) {
    super(options);
  }

  @Override
  public Scan build() {
    return new PerfScan(options, wanted, fields.of(wanted), filters.filter());
  }
}
