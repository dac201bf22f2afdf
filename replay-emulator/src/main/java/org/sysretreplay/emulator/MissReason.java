package org.sysretreplay.emulator;

/**
 * Why a checked frame could not return by SYSRET.
 *
 * <p>The names are a public contract. {@link #sentence} is what reports and help show; {@link
 * #advice} says what usually causes it, or what to look at.
 */
public enum MissReason {
  XEN_PV_GUEST(
      "the kernel is a Xen PV guest, which never uses SYSRET",
      "Every frame of such a guest misses; nothing in the workload changes it."),
  RCX_NOT_RIP(
      "RCX is not the address to return to",
      "Page faults, timer ticks, execve, signal delivery and restarted syscalls return elsewhere"
          + " than RCX says."),
  RIP_NOT_USER_ADDRESS(
      "the address that SYSRET would jump to is outside the user half of the address space",
      "Where RCX_NOT_RIP fails too, RCX holds the program's data and no address; elsewhere the return"
          + " goes to a vsyscall, to the last page of user addresses, or to an address that no"
          + " program can run at, as a debugger or rt_sigreturn can ask for."),
  CS_NOT_USER_CS(
      "CS is not the 64-bit user code selector 0x33",
      "32-bit code (CS 0x23) and LDT code segments return by IRET."),
  R11_NOT_RFLAGS(
      "R11 is not the saved RFLAGS",
      "Interrupted code, a debugger's single step, iopl and execve leave them different."),
  RF_SET(
      "the flags that SYSRET would load have the resume flag RF, which it cannot restore",
      "The CPU sets RF in the saved RFLAGS of faults; in R11 it is set by a program's data, or by"
          + " a debugger."),
  TF_SET(
      "the trap flag TF is set, and SYSRET would trap before the first user instruction",
      "The program single-steps itself; where a debugger steps it, R11_NOT_RFLAGS fails too."),
  SS_NOT_USER_DS(
      "SS is not the user data selector 0x2b",
      "A program that loads its own stack segment (modify_ldt) returns by IRET.");

  private final String sentence;
  private final String advice;

  MissReason(String sentence, String advice) {
    this.sentence = sentence;
    this.advice = advice;
  }

  /** What is wrong with the frame, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** What usually causes it, as a sentence. */
  public String advice() {
    return advice;
  }
}
