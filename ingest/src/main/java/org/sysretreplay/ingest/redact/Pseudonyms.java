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
 * Replaces names and numbers by pseudonyms: equal ones by equal ones, through HMAC-SHA256, so that
 * nobody without the key can find out by trial what they stand for. Not for use by several threads.
 */
final class Pseudonyms {

  private static final String HMAC = "HmacSHA256";

  /**
   * Twelve digits: among a million names, the chance that two get the same is one in five hundred.
   */
  private static final int NAME_BYTES = 6;

  /** How many of the last pseudonyms are cached; making one takes a microsecond. */
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

  /** The pseudonym of a text: its kind and some digits. */
  String text(String kind, String text) {
    return texts.computeIfAbsent(kind + "\0" + text, it -> kind + "-" + digits(it));
  }

  private String digits(String text) {
    byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
  }

  /**
   * The pseudonym of a number, any 64 bits.
   *
   * @param attempt another attempt gives another pseudonym, if the first does not fit
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

  /** The pseudonym of a number, from {@code start} up to {@code end} exclusive, both unsigned. */
  long between(String kind, long number, int attempt, long start, long end) {
    return start + Long.remainderUnsigned(number(kind, number, attempt), end - start);
  }
}
