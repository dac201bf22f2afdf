package org.sysretreplay.ingest.redact;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Arrays;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * What is to be redacted, and by which key. The key is in memory only, and goes to those who do the
 * work; it is no part of what is written.
 */
public final class Redaction implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Keys are as long as what HMAC-SHA256 makes. */
  private static final int KEY_BYTES = 32;

  /** A shorter key could be guessed. */
  public static final int LEAST_KEY_BYTES = 16;

  /** Everything stays as it is. */
  public static final Redaction NONE = new Redaction(new byte[0], true);

  private final byte[] key;
  private final boolean keepWorkload;

  private Redaction(byte[] key, boolean keepWorkload) {
    this.key = key;
    this.keepWorkload = keepWorkload;
  }

  /**
   * By a key that nobody has had before, and nobody will.
   *
   * @param keepWorkload whether the workload was given a name that may be seen
   */
  public static Redaction once(boolean keepWorkload) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new Redaction(key, keepWorkload);
  }

  /**
   * By a key that makes the same pseudonyms wherever it is used.
   *
   * @throws IllegalArgumentException where it is too short
   */
  public static Redaction by(byte[] key, boolean keepWorkload) {
    if (key.length < LEAST_KEY_BYTES) {
      throw new IllegalArgumentException("a key of %d bytes".formatted(key.length));
    }
    return new Redaction(key.clone(), keepWorkload);
  }

  /** Whether anything is redacted. */
  public boolean isAny() {
    return key.length > 0;
  }

  /** What a workload is called in the store. */
  public String workload(String name) {
    return keepWorkload || !isAny() ? name : pseudonyms().text("workload", name);
  }

  /** What a trace is called in the store. */
  public String traceId(String id) {
    return isAny() ? pseudonyms().text("trace", id) : id;
  }

  /** What a file is called in the store. */
  public String source(String file) {
    return isAny() ? pseudonyms().text("source", file) : file;
  }

  /** What the store says of a trace's making: nothing of the machine's name and of commands. */
  public TraceHeader header(TraceHeader header) {
    return isAny() ? header.withHostname("").withCommandLine("") : header;
  }

  /** Redacts the records of one trace. */
  public Redactor redactor() {
    return new Redactor(isAny() ? pseudonyms() : null);
  }

  private Pseudonyms pseudonyms() {
    return new Pseudonyms(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Redaction it
        && keepWorkload == it.keepWorkload
        && Arrays.equals(key, it.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return isAny() ? "redacted" : "as recorded";
  }
}
