package org.sysretreplay.ingest.redact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and numbers in place of others: the same for the same, by HMAC-SHA256, so that without the
 * key nobody can try out what they stand for. Not for use by several threads.
 */
final class Pseudonyms {

  private static final String HMAC = "HmacSHA256";

  /** Twelve digits: of a million names two have the same in one case of five hundred. */
  private static final int NAME_BYTES = 6;

  /** What was asked for last; to make one anew costs a microsecond. */
  private static final int REMEMBERED = 1 << 14;

  private record Number(String kind, long number, int attempt) {}

  private final Mac mac;
  private final Map<Number, Long> numbers = new Remembered<>();
  private final Map<String, String> texts = new Remembered<>();

  private static final class Remembered<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  Pseudonyms(byte[] key) {
    try {
      mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  /** The name of that kind in place of a text: its kind and some digits. */
  String text(String kind, String text) {
    return texts.computeIfAbsent(kind + "\0" + text, it -> kind + "-" + digits(it));
  }

  private String digits(String text) {
    byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
  }

  /**
   * 64 bits in place of a number.
   *
   * @param attempt gives others, where the first do not do
   */
  long number(String kind, long number, int attempt) {
    return numbers.computeIfAbsent(new Number(kind, number, attempt), this::number);
  }

  private long number(Number it) {
    mac.update(it.kind.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    mac.update(bytes.putLong(it.number).putInt(it.attempt).array());
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }

  /** A number from {@code start} to before {@code end}, both unsigned, in place of one. */
  long between(String kind, long number, int attempt, long start, long end) {
    return start + Long.remainderUnsigned(number(kind, number, attempt), end - start);
  }
}
