package org.sysretreplay.ingest.perfdata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Little-endian numbers in bytes of an array. The JVM's first compiler makes one instruction of
 * such a read, and a dozen calls of one through a buffer (benchmark process/check-exits-only).
 */
final class RawNumbers {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private RawNumbers() {}

  /** The 64-bit word there. */
  static long u64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The signed 32-bit number there. */
  static int s32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** The unsigned 16-bit number there. */
  static int u16(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xFFFF;
  }
}
