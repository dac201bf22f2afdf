package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Locale;
import java.util.OptionalLong;

/** A place in user code that exits return to. */
public sealed interface Site extends Serializable {

  /**
   * A place in a mapped file, the same for all processes and addresses it was mapped at.
   *
   * @param path the file's name, as the kernel gave it to the recorder
   * @param offset in bytes from the start of the file
   */
  record InFile(String path, long offset) implements Site {}

  /**
   * A place in code that the kernel itself maps into processes.
   *
   * @param name {@code [vdso]}, {@code [vsyscall]} or {@code [uprobes]}
   * @param offset in bytes from its start
   */
  record OfKernel(String name, long offset) implements Site {}

  /**
   * An address in one process that could not be placed in a file.
   *
   * @param pid null if the recording does not have it
   * @param address unsigned, in 64 bits
   */
  record InProcess(String traceId, Long pid, long address, Unnamed why) implements Site {

    /** The process id, if the recording has it. */
    public OptionalLong process() {
      return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }
  }

  /** Why an address has no better name. */
  enum Unnamed {
    /** It is in memory that belongs to no file: code generated at run time. */
    ANONYMOUS("anonymous memory, as of code made at run time"),
    /** The process had different code there at different times. */
    SEVERAL("different files at different times"),
    /** It stands for many: exits were counted together, wherever they returned to. */
    STAND_IN("no address is known, since exits were counted together"),
    /** No map of the trace covers it. */
    UNMAPPED("no map tells");

    private final String sentence;

    Unnamed(String sentence) {
      this.sentence = sentence;
    }

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reason in words, as part of a sentence. */
    public String sentence() {
      return sentence;
    }
  }
}
