package org.sysretreplay.ingest.perfdata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads little-endian numbers from a byte array. Even the JVM's first compiler makes one
 * instruction of such a read, whereas a read through a buffer is a dozen calls (benchmark
 * process/check-exits-only).
 */
final class LittleEndian {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** The 64-bit word at an index. */
  static long u64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The signed 32-bit number at an index. */
  static int s32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** The unsigned 16-bit number at an index. */
  static int u16(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xFFFF;
  }
}
