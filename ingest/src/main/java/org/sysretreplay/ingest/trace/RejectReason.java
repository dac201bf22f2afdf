package org.sysretreplay.ingest.trace;

/**
 * Why a record was not taken as a frame. The names are stored; the sentence and the remedy are what
 * reports show.
 */
public enum RejectReason {
  NO_USER_REGISTERS(
      "the sample has no user registers",
      "record with --user-regs="
          + RejectReason.REGISTERS
          + ", and print them with perf script --header -F +uregs"),
  REGISTER_MISSING(
      "a register that the check needs was not recorded",
      "record with --user-regs=" + RejectReason.REGISTERS),
  RCX_UNKNOWN(
      "the kernel reported RCX as -1, which kernels up to 4.1-rc do for traced syscalls",
      "record on a kernel from 4.2 on, or, where RCX really was -1, print the text with"
          + " perf script --header"),
  MALFORMED_REGISTER(
      "a register is not an unsigned 64-bit number",
      "write registers as 0x and at most 16 hexadecimal digits"),
  MALFORMED_LINE(
      "the line is not what perf script prints",
      "print with perf script --header --ns -F comm,pid,tid,cpu,time,event,trace,uregs, and send its"
          + " messages to another file"),
  MALFORMED_TRACE_LINE(
      "the line is not what ftrace prints",
      "print with cat /sys/kernel/tracing/trace, with the default trace_options, or with trace-cmd"
          + " report"),
  PROBE_FIELD_MISSING(
      "a register that the check needs is not among the fields of the probe",
      "define the probe as the section ftrace text of ingest/FORMATS.md does"),
  MALFORMED_JSON("the line is not a JSON object", "write one JSON object on each line"),
  FIELD_MISSING(
      "a required field is missing",
      "give rip, rcx, r11, rflags, cs and ss on every line or in every row"),
  FIELD_INVALID(
      "a field has a value of the wrong kind", "see the JSON lines section of ingest/FORMATS.md"),
  LINES_MISSING(
      "the text has fewer exits than it announces", "copy the file whole, or record again"),
  LINE_CUT_OFF(
      "the text ends within this line",
      "copy the file whole, or, where it is whole, end it with a line feed"),
  LINE_TOO_LONG("the line is longer than a trace line can be", "check that this is a text file"),
  SAMPLE_TRUNCATED(
      "the record is shorter than its own fields",
      "record again; if it persists, report the perf version"),
  EVENT_UNKNOWN(
      "the sample belongs to no event of the file's header",
      "record again; if it persists, report the perf version"),
  EVENT_NAMELESS(
      "the sample is of a tracepoint that the recording does not name",
      "record again with a newer perf, or into a file and not into a pipe"),
  BROKEN_FRAMING(
      "the records cannot be told apart from here on, so the rest of the file was not read",
      "copy the file whole, or record again");

  /** The registers to record, as {@code perf record --user-regs} spells them. */
  public static final String REGISTERS = "ip,flags,cx,r11,cs,ss,sp,ax";

  private final String sentence;
  private final String remedy;

  RejectReason(String sentence, String remedy) {
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** What is wrong, without a full stop. */
  public String sentence() {
    return sentence;
  }

  /** What to do about it, without a full stop. */
  public String remedy() {
    return remedy;
  }
}
