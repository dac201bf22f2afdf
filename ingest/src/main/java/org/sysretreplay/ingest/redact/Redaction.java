package org.sysretreplay.ingest.redact;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Arrays;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The choice of what to redact, and with which key. The key is kept in memory and sent to the
 * processes that do the work; it is never written.
 */
public final class Redaction implements Serializable {

  private static final long serialVersionUID = 1L;

  /** New keys are as long as the output of HMAC-SHA256. */
  private static final int KEY_BYTES = 32;

  /** The shortest key that is accepted: a shorter one could be guessed. */
  public static final int LEAST_KEY_BYTES = 16;

  /** Redacts nothing. */
  public static final Redaction NONE = new Redaction(new byte[0], true);

  private final byte[] key;
  private final boolean keepWorkload;

  private Redaction(byte[] key, boolean keepWorkload) {
    this.key = key;
    this.keepWorkload = keepWorkload;
  }

  /**
   * Redacts with a new random key, so that the pseudonyms are never made again.
   *
   * @param keepWorkload whether the workload keeps its name
   */
  public static Redaction once(boolean keepWorkload) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new Redaction(key, keepWorkload);
  }

  /**
   * Redacts with a given key, which makes the same pseudonyms wherever it is used.
   *
   * @throws IllegalArgumentException if the key is too short
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

  /** The name of a workload in the store. */
  public String workload(String name) {
    return keepWorkload || !isAny() ? name : pseudonyms().text("workload", name);
  }

  /** The id of a trace in the store. */
  public String traceId(String id) {
    return isAny() ? pseudonyms().text("trace", id) : id;
  }

  /** The name of a file in the store. */
  public String source(String file) {
    return isAny() ? pseudonyms().text("source", file) : file;
  }

  /** The header of a trace in the store, without the host's name and the command line. */
  public TraceHeader header(TraceHeader header) {
    return isAny() ? header.withHostname("").withCommandLine("") : header;
  }

  /** A redactor for the records of one trace. */
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

  /** Does not show the key. */
  @Override
  public String toString() {
    return isAny() ? "redacted" : "as recorded";
  }
}
