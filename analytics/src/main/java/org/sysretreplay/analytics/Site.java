package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Locale;
import java.util.OptionalLong;

/** Where exits return to. */
public sealed interface Site extends Serializable {

  /**
   * A place in a file, whatever process has mapped it, and wherever.
   *
   * @param path as the kernel named it, as it was recorded
   * @param offset in bytes from the start of the file
   */
  record InFile(String path, long offset) implements Site {}

  /**
   * A place in code that the kernel itself puts into every process.
   *
   * @param name {@code [vdso]}, {@code [vsyscall]} or {@code [uprobes]}
   * @param offset in bytes from its start
   */
  record OfKernel(String name, long offset) implements Site {}

  /**
   * An address of one process, which is in no file as far as the trace tells.
   *
   * @param pid null where the recording does not have it
   * @param address a 64-bit pattern
   */
  record InProcess(String traceId, Long pid, long address, Unnamed why) implements Site {

    /** The process, where the recording has it. */
    public OptionalLong process() {
      return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }
  }

  /** Why an address has no better name. */
  enum Unnamed {
    /** It is in memory that is of no file: code that was made while the program ran. */
    ANONYMOUS("anonymous memory, as of code made at run time"),
    /** Its process had different code there at different times. */
    SEVERAL("different files at different times"),
    /** It stands for many: exits were counted together, wherever they returned to. */
    STAND_IN("no address is known, since exits were counted together"),
    /** No map of the trace has it. */
    UNMAPPED("no map tells");

    private final String sentence;

    Unnamed(String sentence) {
      this.sentence = sentence;
    }

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, as part of a sentence. */
    public String sentence() {
      return sentence;
    }
  }
}
