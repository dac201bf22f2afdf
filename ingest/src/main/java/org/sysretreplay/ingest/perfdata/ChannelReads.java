package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.sysretreplay.ingest.trace.Odometer;

/** Reads a file channel at a position. */
final class ChannelReads {

  private ChannelReads() {}

  /** Fills the buffer from that position on, or up to the end of the file. */
  static void readFully(FileChannel file, long position, ByteBuffer buffer) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, at);
      if (count < 0) {
        return;
      }
      at += count;
      Odometer.BYTES_READ.add(count);
    }
  }
}
