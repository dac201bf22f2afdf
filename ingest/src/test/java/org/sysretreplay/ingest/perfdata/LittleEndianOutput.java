package org.sysretreplay.ingest.perfdata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Little-endian numbers and text, one after the other. */
final class LittleEndianOutput {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LittleEndianOutput u8(int value) {
    out.write(value);
    return this;
  }

  LittleEndianOutput u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  LittleEndianOutput u32(long value) {
    return u16((int) value).u16((int) (value >>> 16));
  }

  LittleEndianOutput u64(long value) {
    return u32(value).u32(value >>> 32);
  }

  LittleEndianOutput bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  LittleEndianOutput text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  LittleEndianOutput zeroEnded(String text) {
    return text(text).u8(0);
  }

  /** perf's own string form: a length in 32 bits that includes the padding, then the text. */
  LittleEndianOutput perfString(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + 1 + 63) / 64 * 64;
    return u32(padded).bytes(bytes).zeros(padded - bytes.length);
  }

  /** A length in 64 bits, then the text. */
  LittleEndianOutput sized(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u64(bytes.length).bytes(bytes);
  }

  LittleEndianOutput zeros(int count) {
    return bytes(new byte[count]);
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
