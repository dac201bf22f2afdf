package org.sysretreplay.ingest.perfdata;

import java.nio.ByteBuffer;

/**
 * Whole records of a data section, which can be parsed without those before them.
 *
 * @param start where the first begins, in bytes of the file
 * @param end where the last ends, in bytes of the file
 * @param bytes the records, from position to limit
 * @param records how many they are
 */
record RecordRange(long start, long end, ByteBuffer bytes, int records) {}
