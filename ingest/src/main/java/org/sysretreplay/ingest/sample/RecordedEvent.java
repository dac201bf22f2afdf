package org.sysretreplay.ingest.sample;

/**
 * The tracepoints that a recording should hold, in the order in which they are asked of perf, and
 * what each is good for (sheet 6.2). The sentence is what help and documents show.
 */
public enum RecordedEvent {
  SYS_ENTER(
      TracepointEvents.SYS_ENTER,
      "tells an interrupt inside a system call from one of user code, and the first return of a"
          + " fork's child from the end of a call"),
  SYS_EXIT(TracepointEvents.SYS_EXIT, "shows the frame at the end of every system call"),
  PAGE_FAULT_USER(
      "exceptions:page_fault_user", "shows the frame under every page fault of user code"),
  LOCAL_TIMER_EXIT("irq_vectors:local_timer_exit", "shows the frame under a timer interrupt"),
  RESCHEDULE_EXIT(
      "irq_vectors:reschedule_exit",
      "shows the frame under an interrupt by which another processor hands over a task"),
  CALL_FUNCTION_EXIT(
      "irq_vectors:call_function_exit",
      "shows the frame under an interrupt by which a processor has several others run a function"),
  CALL_FUNCTION_SINGLE_EXIT(
      "irq_vectors:call_function_single_exit",
      "shows the frame under an interrupt by which a processor has one other run a function"),
  SIGNAL_DELIVER(
      TracepointEvents.SIGNAL_DELIVER,
      "tells that a signal was delivered, so that the kernel returned to another frame than the one"
          + " recorded before"),
  RSEQ_IP_FIXUP(
      TracepointEvents.RSEQ_IP_FIXUP,
      "tells that a restartable sequence was aborted, so that the return went to another address");

  private final String event;
  private final String why;

  RecordedEvent(String event, String why) {
    this.event = event;
    this.why = why;
  }

  /** The kernel's name, {@code system:name}, as {@code perf record -e} takes it. */
  public String event() {
    return event;
  }

  /** What certainty it gives, as the rest of a sentence that begins with its name. */
  public String why() {
    return why;
  }

  /**
   * Whether the event can be judged without others of its thread. An interrupt cannot: the others
   * tell whether it hit user code.
   */
  public boolean isJudgedAlone() {
    return this == SYS_EXIT || this == PAGE_FAULT_USER;
  }

  /** Whether a recording without it would answer nothing. */
  public boolean isNeeded() {
    return this == SYS_EXIT;
  }
}
