/** The Parquet store, written and read with Spark; FORMATS.md lists its columns. */
package org.sysretreplay.ingest.spark;
