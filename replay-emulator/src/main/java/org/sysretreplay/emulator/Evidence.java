package org.sysretreplay.emulator;

import java.util.Locale;

/**
 * Where a fact about a kernel is known from.
 *
 * @param source the file, mail, manual or kernel; for what was not read, the fact itself
 */
public record Evidence(Tag tag, String source) {

  /** How sure a fact is. */
  public enum Tag {
    /** Read in the named source. */
    READ,
    /** Seen in a running kernel, at the instruction that leaves it. */
    OBSERVED,
    /** From knowledge of kernel history or the manuals, not read in a source. */
    KNOWN,
    /** Follows from facts that were read. */
    INFERRED
  }

  /** Read in that source. */
  public static Evidence read(String source) {
    return new Evidence(Tag.READ, source);
  }

  /** Seen in those running kernels. */
  public static Evidence observed(String source) {
    return new Evidence(Tag.OBSERVED, source);
  }

  /** Known, not read. */
  public static Evidence known(String source) {
    return new Evidence(Tag.KNOWN, source);
  }

  /** Inferred from what was read. */
  public static Evidence inferred(String source) {
    return new Evidence(Tag.INFERRED, source);
  }

  @Override
  public String toString() {
    return tag.name().toLowerCase(Locale.ROOT) + ": " + source;
  }
}
