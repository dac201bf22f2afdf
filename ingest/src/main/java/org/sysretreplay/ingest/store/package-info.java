/**
 * Parquet files of frames, without Spark: those of the table {@code frames}, which columns they
 * have and how rows are ordered and encoded; files of other programs as traces; and counting the
 * frames of both by columns. FORMATS.md gives the reasons.
 */
package org.sysretreplay.ingest.store;
