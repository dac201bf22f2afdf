package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

class ExplainCommandTest {

  private static final int WIDTH = 80;

  private static final List<String> NON_CANONICAL =
      List.of("--rip=0x800000000000", "--rcx=0x800000000000", "--r11=0x246", "--rflags=0x246");

  /** A call that is interrupted and made again, as perf script prints it. */
  private static final String RESTART =
      Stream.of(
              line("12.000001000: raw_syscalls:sys_enter: NR 61 (0, 0, 0, 0, 0, 0)", "0xda"),
              line("12.000005000: raw_syscalls:sys_exit: NR 61 = -512", "0xfffffffffffffe00"),
              line("12.000007500: raw_syscalls:sys_enter: NR 61 (0, 0, 0, 0, 0, 0)", "0xda"),
              line("12.000009000: raw_syscalls:sys_exit: NR 61 = 12", "0xc"),
              line("12.000011000: raw_syscalls:sys_enter: NR 0 (0, 0, 0, 0, 0, 0)", "0xda"),
              "              sh     7/7     [001] 12.000012000: raw_syscalls:sys_exit: NR 0 = 5\n")
          .reduce("", String::concat);

  @TempDir private Path folder;

  private static String line(String event, String ax) {
    return """
                      sh     7/7     [001] %s ABI:2 AX:%s CX:0x7f0000001002 SP:0x7ffd1000 \
        IP:0x7f0000001002 FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246
        """
        .formatted(event, ax);
  }

  private static Path sample(String workload) {
    return SampleTraces.ROOT.resolve(workload).resolve("perf.data");
  }

  private static String id(Path trace) {
    return SampleTraces.input(trace).traceId();
  }

  private static Result run(Object first, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("explain", first));
    arguments.addAll(List.of(more));
    return CliRunner.run(arguments.toArray());
  }

  /** The output of an explain that succeeds. */
  private static String story(Object first, Object... more) {
    Result result = run(first, more);
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines())
        .allMatch(line -> line.length() <= WIDTH && line.equals(line.stripTrailing()));
    return result.out();
  }

  private static String byHand(String... more) {
    return story("--quiet", Stream.concat(NON_CANONICAL.stream(), Stream.of(more)).toArray());
  }

  private static void assertFails(Result result, int exit, String sentence) {
    assertThat(result.err()).isEqualTo("sysret-replay: " + sentence + "\n");
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void tellsThatAPageFaultKeepsTheProgramsRegisters() {
    Path trace = sample("compiler");
    assertThat(story(trace, 100).replace(id(trace), "perf.data-ID"))
        .isEqualTo(
            """
            Frame 100 of compiler/perf.data-ID
              seen     at 1133.833587606 s, on CPU 1
              thread   gcc, pid 4397, tid 4397
              event    exceptions:page_fault_user
              entered  by a fault or trap
              path     exception: fault or trap from user mode
              stage    final: returned to as recorded

            Registers
              rip       0x7f9048e4f93b
              rcx       0x6f
              r11       0x7f9048e4aa80      SF IF OF AC ID IOPL=2 0x7f9048c08000
              rflags    0x10246             PF ZF IF RF
              cs        0x33
              ss        0x2b
              rsp       0x7ffd523a0238
              rax       0x63
              RFLAGS and R11 differ in 0x7f9048e5a8c6: PF ZF SF OF RF AC ID IOPL=2
                                       0x7f9048c08000

            The checks of seed; the kernel stops at the first that fails
              FAIL  rcx == rip                   0x6f != 0x7f9048e4f93b
                    RCX_NOT_RIP: RCX is not the address to return to.
              pass  rcx >> 47 == 0               0x6f >> 47 == 0
              pass  cs == 0x33                   0x33 == 0x33
              FAIL  r11 == rflags                0x7f9048e4aa80 != 0x10246
                    R11_NOT_RFLAGS: R11 is not the saved RFLAGS.
              pass  r11 & 0x10000 == 0           0x7f9048e4aa80 & 0x10000 == 0
              pass  ss == 0x2b                   0x2b == 0x2b

            Outcome: IRET_MISS, checked, and sent to IRET
              The way back is exception; in seed it ends in the register check.
              Its own kernel, Linux 6.18.44-fc-v595 (linux-6.9): IRET_ROUTE.

            IRETQ restores
              rip 0x7f9048e4f93b, cs 0x33, ss 0x2b, rsp 0x7ffd523a0238
              rflags 0x10246: PF ZF IF RF

            SYSRET would have corrupted, on Intel and on AMD
              rip     0x6f instead of 0x7f9048e4f93b
              rflags  0x242a82 instead of 0x10246, wrong in PF ZF SF OF RF AC ID IOPL=2

            Cause FAULT: a fault or a trap, which keeps the program's own RCX and R11; a
            fault also sets RF
              Rule: the entry is an exception.

            The thread around it, in microseconds from the frame
                 #94  -55.684  page_fault_user  fault at rip 0x41be51
                 #95  -50.514  page_fault_user  fault at rip 0x41be51
                 #96  -43.972  page_fault_user  fault at rip 0x421fa6
                 #97  -32.661  page_fault_user  fault at rip 0x41ff18
                 #98  -23.003  page_fault_user  fault at rip 0x7f9048e4f8f1
                 #99  -13.946  page_fault_user  fault at rip 0x7f9048e4f8f1
              > #100    0.000  page_fault_user  this frame: fault at rip 0x7f9048e4f93b
                #101  +12.443  page_fault_user  fault at rip 0x7f9048e4d927
                #102  +20.398  page_fault_user  fault at rip 0x7f9048e4d92b
                #103  +26.931  page_fault_user  fault at rip 0x7f9048d370d1
                #104  +34.364  page_fault_user  fault at rip 0x7f9048dce2a0
                #105  +42.108  page_fault_user  fault at rip 0x7f9048d311f6
                      +48.871  sys_enter        calls openat
            """);
  }

  @Test
  void tellsThatASignalChangedTheFrameAfterItWasRecorded() {
    Path trace = sample("timer-signals");
    assertThat(story(trace, 768).replace(id(trace), "perf.data-ID"))
        .isEqualTo(
            """
            Frame 768 of timer-signals/perf.data-ID
              seen     at 1142.210374672 s, on CPU 0
              thread   storm, pid 4487, tid 4487
              event    raw_syscalls:sys_exit
              syscall  getppid = 4486
              entered  by a 64-bit SYSCALL
              path     syscall_exit_work: SYSCALL with other work at exit (signal, ...)
                       (the event alone shows syscall_no_work)
              stage    amended: changed between the event and the return, as later events
                       show

            Registers   as recorded         as returned to
              rip       0x7fa99399f829      0x56074df4c340      changed
              rcx       0x7fa99399f829      0x7fa99399f829
              r11       0x246               0x246               PF ZF IF
              rflags    0x246               0x246               PF ZF IF
              cs        0x33                0x33
              ss        0x2b                0x2b
              rsp       0x7fff5ebd17a8      not known           changed
              rax       0x1186              0x0                 changed
              RFLAGS and R11 are equal.

            The checks of seed; the kernel stops at the first that fails
              FAIL  rcx == rip                   0x7fa99399f829 != 0x56074df4c340
                    RCX_NOT_RIP: RCX is not the address to return to.
              pass  rcx >> 47 == 0               0x7fa99399f829 >> 47 == 0
              pass  cs == 0x33                   0x33 == 0x33
              pass  r11 == rflags                0x246 == 0x246
              pass  r11 & 0x10000 == 0           0x246 & 0x10000 == 0
              pass  ss == 0x2b                   0x2b == 0x2b

            Outcome: IRET_MISS, checked, and sent to IRET
              The way back is syscall_exit_work; in seed it ends in the register check.
              Its own kernel, Linux 6.18.44-fc-v595 (linux-6.9): IRET_MISS (RCX_NOT_RIP).

            IRETQ restores
              rip 0x56074df4c340, cs 0x33, ss 0x2b, rsp not known
              rflags 0x246: PF ZF IF

            SYSRET would have corrupted, on Intel and on AMD
              rip     0x7fa99399f829 instead of 0x56074df4c340

            Cause SIGNAL_DELIVERY: a signal was delivered, so the return goes to its handler
              Rule: a signal_deliver event of the thread, with a handler, follows before it
                    runs again.

            The thread around it, in microseconds from the frame
                      -72.615  sys_enter         calls getppid
                #765  -70.782  sys_exit          getppid = 4486
                      -68.247  sys_enter         calls getppid
                #766  -66.384  sys_exit          getppid = 4486
                      -64.490  sys_enter         calls getppid
                #767   -8.275  local_timer_exit  interrupt of the kernel
              > #768    0.000  sys_exit          this frame: getppid = 4486
                      +79.990  signal_deliver    signal 14 taken, handler 0x56074df4c340
                      +84.528  sys_enter         calls rt_sigreturn
                #769  +87.794  sys_exit          rt_sigreturn to interrupted code
                      +90.419  sys_enter         calls getppid
                #770  +92.513  sys_exit          getppid = 4486
                      +94.587  sys_enter         calls getppid
            """);
  }

  @Test
  void tellsThatACallIsMadeAgain() throws IOException {
    Path trace = Files.writeString(folder.resolve("restart.script"), RESTART);
    assertThat(story(trace, 0))
        .contains(
            """
              syscall  wait4 = -512 (ERESTARTSYS: make the call again)
              entered  by a 64-bit SYSCALL
              path     syscall_exit_work: SYSCALL with other work at exit (signal, ...)
                       (the event alone shows syscall_no_work)
              stage    amended: changed between the event and the return, as later events
                       show

            Registers   as recorded         as returned to
              rip       0x7f0000001002      0x7f0000001000      changed
              rcx       0x7f0000001002      0x7f0000001002
              r11       0x246               0x246               PF ZF IF
              rflags    0x246               0x246               PF ZF IF
              cs        0x33                0x33
              ss        0x2b                0x2b
              rsp       0x7ffd1000          0x7ffd1000
              rax       0xfffffffffffffe00  0x3d                changed
              RFLAGS and R11 are equal.
            """)
        .endsWith(
            """
            SYSRET would have corrupted, on Intel and on AMD
              rip     0x7f0000001002 instead of 0x7f0000001000

            Cause SYSCALL_RESTART: the syscall is made again, so RIP is two bytes before RCX
              Rule: a syscall's result asks for a restart and the thread makes that call
                    next, or RIP is RCX - 2 at a syscall's return.

            The thread around it, in microseconds from the frame
                    -4.000  sys_enter  calls wait4
              > #0   0.000  sys_exit   this frame: wait4 = -512 (ERESTARTSYS: make the call
                                       again)
                    +2.500  sys_enter  calls wait4
                #1  +4.000  sys_exit   wait4 = 12
                    +6.000  sys_enter  calls read
                    +7.000  sys_exit   read = 5
            """);
  }

  @Test
  void tellsThatARestartableSequenceWasCutOff() throws IOException {
    String line = "              sh     7/7     [001] 12.0000%s ABI:2 CX:0x1 SP:0x7ffd1000 %s\n";
    String registers = "IP:0x401000 FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246";
    Path trace =
        Files.writeString(
            folder.resolve("rseq.script"),
            line.formatted("01000: irq_vectors:local_timer_exit: vector=236", registers)
                + line.formatted(
                    "05000: rseq:rseq_ip_fixup: regs_ip=0x401000 abort_ip=0x402000", registers)
                + line.formatted("07500: sched:sched_switch: prev_comm=sh", registers)
                + line.formatted(
                    "09000: signal:signal_deliver: sig=17 errno=0 sa_handler=0", registers));
    assertThat(story(trace, 0))
        .endsWith(
            """
            Cause RSEQ_ABORT: a restartable sequence was cut off, so the return goes to its
            abort handler
              Rule: a rseq_ip_fixup event of the thread follows before it runs again.

            The thread around it, in microseconds from the frame
              > #0   0.000  local_timer_exit  this frame: interrupt at rip 0x401000
                    +4.000  rseq_ip_fixup     restartable sequence cut off at 0x401000, goes
                                              on at 0x402000
                    +6.500  sched_switch
                    +8.000  signal_deliver    signal 17 taken, default action
            """);
  }

  @Test
  void tellsThatExecveStartedWithAllRegistersZero() {
    assertThat(story(sample("shell"), 150))
        .contains(
            """
              syscall  execve = 0
              entered  by a 64-bit SYSCALL
              path     execve: execve that succeeded
              stage    final: returned to as recorded
            """)
        .contains(
            """
            The checks of seed; the kernel stops at the first that fails
              FAIL  rcx == rip                   0x0 != 0x7f6abd1dab70
                    RCX_NOT_RIP: RCX is not the address to return to.
              pass  rcx >> 47 == 0               0x0 >> 47 == 0
              pass  cs == 0x33                   0x33 == 0x33
              FAIL  r11 == rflags                0x0 != 0x202
                    R11_NOT_RFLAGS: R11 is not the saved RFLAGS.
              pass  r11 & 0x10000 == 0           0x0 & 0x10000 == 0
              pass  ss == 0x2b                   0x2b == 0x2b
            """)
        .endsWith(
            """
            SYSRET would have corrupted, on Intel and on AMD
              rip     0x0 instead of 0x7f6abd1dab70
              rflags  0x2 instead of 0x202, wrong in IF

            Cause EXECVE: execve started a new program with all registers zero
              Rule: the syscall is an execve that succeeded, or RCX and R11 are zero and RIP
                    is not, at a return of a syscall other than rt_sigreturn.

            The thread around it, in microseconds from the frame
                #146  -143.177  sys_exit         vfork = 0
                      -140.923  sys_enter        calls rt_sigprocmask
                #147  -139.370  sys_exit         rt_sigprocmask = 0
                      -137.176  sys_enter        calls execve
              > #150     0.000  sys_exit         this frame: execve = 0
                #151    +2.475  page_fault_user  fault at rip 0x7f6abd1dab70
                #152    +7.103  page_fault_user  fault at rip 0x7f6abd1db7ad
                #153   +11.732  page_fault_user  fault at rip 0x7f6abd1db7c9
                #154   +16.000  page_fault_user  fault at rip 0x7f6abd1dba13
                #155   +19.026  page_fault_user  fault at rip 0x7f6abd1dba07
                #156   +23.354  page_fault_user  fault at rip 0x7f6abd1d97ca
            """);
  }

  @Test
  void tellsThatTheWayBackDecidesForAForkChild() {
    assertThat(story(sample("shell"), 117, "--model", "linux-4.6"))
        .contains(
            """
              syscall  clone = 0
              entered  by the first return of a fork, clone or vfork child
              path     fork_child: first return of a 64-bit fork or clone child
                       (the event alone shows syscall_full_frame)
              stage    final: returned to as recorded
            """)
        .endsWith(
            """
            The checks of linux-4.6, which this way back does not reach
              pass  rcx == rip                   0x7fdb89735353 == 0x7fdb89735353
              pass  sign_extend(rcx, 47) == rip  0x7fdb89735353 == 0x7fdb89735353
              pass  cs == 0x33                   0x33 == 0x33
              pass  r11 == rflags                0x246 == 0x246
              pass  r11 & 0x10000 == 0           0x246 & 0x10000 == 0
              pass  r11 & 0x100 == 0             0x246 & 0x100 == 0
              pass  ss == 0x2b                   0x2b == 0x2b

            Outcome: IRET_ROUTE, returned by IRET: this way back never tries SYSRET
              The way back is fork_child; in linux-4.6 it goes to IRET, whatever the
              registers hold.
              Its own kernel, Linux 6.18.44-fc-v595 (linux-6.9): IRET_ROUTE.

            IRETQ restores
              rip 0x7fdb89735353, cs 0x33, ss 0x2b, rsp 0x7fff059a44f8
              rflags 0x246: PF ZF IF

            SYSRET would have given just that, on Intel and on AMD.

            Cause: none; nothing about this frame keeps it from SYSRET.

            The thread around it, in microseconds from the frame
              > #117    0.000  sys_exit         this frame: clone = 0
                #118   +5.090  page_fault_user  fault at rip 0x7fdb89735353
                       +9.488  sys_enter        calls set_robust_list
                #119  +11.031  sys_exit         set_robust_list = 0
                #120  +13.375  page_fault_user  fault at rip 0x7fdb89734ed6
                #121  +17.754  page_fault_user  fault at rip 0x7fdb89734ef1
                #122  +21.620  page_fault_user  fault at rip 0x7fdb89735017
            """);
  }

  @Test
  void tellsWhatTheSeedCorruptsWhereAProgramStepsItself() {
    assertThat(story(sample("trap-flag"), 75))
        .contains(
            """
            Outcome: SYSRET, checked, and returned by SYSRET
              The way back is syscall_no_work; in seed it ends in the register check.
              Recording the syscall events leads it there: unobserved (--untraced) it takes
              SYSRET at once, as no work flag is set, and no register is looked at.
              Its own kernel, Linux 6.18.44-fc-v595 (linux-6.9): IRET_MISS (TF_SET).

            IRETQ restores
              rip 0x5652c17e5096, cs 0x33, ss 0x2b, rsp 0x7ffd1f9c1790
              rflags 0x306: PF TF IF
              a trap after the first user instruction

            SYSRET corrupts, on Intel and on AMD
              trap    before the first user instruction instead of after the first user
                      instruction

            Cause SINGLE_STEP, which this model lets pass: the program is being
            single-stepped
              Rule: TF is set in RFLAGS or R11, or a debugger steps the thread.
            """);
  }

  @Test
  void tellsThatTheNextKernelRefusesTheSameFrame() {
    assertThat(story(sample("trap-flag"), 75, "--model", "linux-4.0"))
        .contains(
            """
            The checks of linux-4.0; the kernel stops at the first that fails
              pass  rcx == rip                   0x5652c17e5096 == 0x5652c17e5096
              pass  rcx >> 47 == 0               0x5652c17e5096 >> 47 == 0
              pass  cs == 0x33                   0x33 == 0x33
              pass  r11 == rflags                0x306 == 0x306
              pass  r11 & 0x10000 == 0           0x306 & 0x10000 == 0
              FAIL  r11 & 0x100 == 0             0x306 & 0x100 != 0
                    TF_SET: the trap flag TF is set, and SYSRET would trap before the first
                    user instruction.
              pass  ss == 0x2b                   0x2b == 0x2b

            Outcome: IRET_MISS, checked, and sent to IRET
              The way back is syscall_no_work; in linux-4.0 it ends in the register check.
              Recording the syscall events leads it there: unobserved (--untraced) it takes
              SYSRET at once, as no work flag is set, and no register is looked at.
              Its own kernel, Linux 6.18.44-fc-v595 (linux-6.9): IRET_MISS (TF_SET).

            IRETQ restores
              rip 0x5652c17e5096, cs 0x33, ss 0x2b, rsp 0x7ffd1f9c1790
              rflags 0x306: PF TF IF
              a trap after the first user instruction

            SYSRET would have corrupted, on Intel and on AMD
              trap    before the first user instruction instead of after the first user
                      instruction

            Cause SINGLE_STEP: the program is being single-stepped
              Rule: TF is set in RFLAGS or R11, or a debugger steps the thread.
            """);
  }

  @Test
  void tellsThatNobodyLooksWhereNobodyTraces() {
    String story = story(sample("trap-flag"), 75, "--model", "linux-4.0", "--untraced");
    assertThat(story.replaceAll("(?m)^  (pass|FAIL| {6}).*\n", ""))
        .contains(
            """
            The checks of linux-4.0, which this way back does not reach

            Outcome: FAST_SYSRET, returned by SYSRET, never checked
              The way back is syscall_no_work; in linux-4.0 it takes SYSRET at once, as no
              work flag is set, and no register is looked at.
            """);
  }

  @Test
  void anUncheckedSysretLoadsWhatTheFrameSays() {
    for (String model : List.of("linux-3.19", "linux-4.4")) {
      String iopl = "--nr=172 --ret=0 --rip=4096 --rcx=4096 --r11=582 --rflags=12870 --model=";
      assertThat(story("--untraced", (Object[]) (iopl + model).split(" ")))
          .contains("Outcome: FAST_SYSRET", "SYSRET gives just that, on Intel and on AMD.");
    }
  }

  @Test
  void aCauseThatIsUndoneIsToldToBe() throws IOException {
    Path trace = folder.resolve("iopl.jsonl");
    Files.writeString(
        trace,
        "{\"entry\":\"syscall\",\"nr\":172,\"ret\":0,\"rip\":4096,\"rcx\":4096,\"r11\":582,"
            + "\"rflags\":12870,\"cs\":51,\"ss\":43}\n");
    Files.writeString(
        folder.resolve("iopl.jsonl.machine.json"),
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"4.4.1\"}");
    assertThat(story(trace, 0, "--model", "linux-6.9"))
        .contains("Outcome: SYSRET", "RFLAGS is R11 here", "Cause IOPL, which is undone here");
    assertThat(story(trace, 0, "--model", "linux-4.4")).contains("Cause IOPL");
  }

  @Test
  void tellsWhatATraceCannotTellOf32BitCode() {
    assertThat(story(sample("compat32"), 1093, "--model", "linux-6.9"))
        .contains("\n  syscall  32-bit syscall 270 = 0\n")
        .contains(
            """
            What SYSRETL to 32-bit code demands, as far as a frame tells
              pass  no Xen PV guest              it is none
              pass  cs & 0xffff == 0x23          0x23 & 0xffff == 0x23
              pass  ss & 0xffff == 0x2b          0x2b & 0xffff == 0x2b
              pass  rflags & 0x30100 == 0        0x246 & 0x30100 == 0

            Outcome: IRET_ROUTE, returned by IRET: this way back never tries SYSRET
              The way back is compat_exit_work; in linux-6.9 it ends in a check of its own,
              between SYSRETL and IRET.
              Doubt: the trace does not tell a fast 32-bit entry (SYSENTER, SYSCALL) from
                     int $0x80, nor where the vDSO's landing pad is: it may have been
                     SYSRETL (up to 4.0 also SYSEXIT) instead of IRET.

            IRETQ restores
              rip 0x8049840, cs 0x23, ss 0x2b, rsp not known
              rflags 0x246: PF ZF IF

            SYSRET would have corrupted, on Intel and on AMD
              rip     0x11df instead of 0x8049840
              cs      0x33 instead of 0x23

            Cause CODE_32_BIT: 32-bit code, which never returns by the 64-bit SYSRET
              Rule: CS is 0x23.
            """);
  }

  @Test
  void tellsWhereSysretWouldHaveFaulted() {
    assertThat(byHand())
        .startsWith(
            """
            A frame by hand
              entered  by a 64-bit SYSCALL
              path     syscall_no_work: SYSCALL without entry or exit work

            Registers
              rip       0x800000000000
              rcx       0x800000000000
              r11       0x246               PF ZF IF
              rflags    0x246               PF ZF IF
              cs        0x33
              ss        0x2b
              rsp       0x0
              RFLAGS and R11 are equal.

            The checks of seed; the kernel stops at the first that fails
              pass  rcx == rip                   0x800000000000 == 0x800000000000
              FAIL  rcx >> 47 == 0               0x800000000000 >> 47 != 0
                    RIP_NOT_USER_ADDRESS: the address that SYSRET would jump to is outside
                    the user half of the address space.
              pass  cs == 0x33                   0x33 == 0x33
              pass  r11 == rflags                0x246 == 0x246
              pass  r11 & 0x10000 == 0           0x246 & 0x10000 == 0
              pass  ss == 0x2b                   0x2b == 0x2b

            Outcome: IRET_MISS, checked, and sent to IRET
              The way back is syscall_no_work; in seed it ends in the register check.
              Recording the syscall events leads it there: unobserved (--untraced) it takes
              SYSRET at once, as no work flag is set, and no register is looked at.

            IRETQ does not get to user mode
              #GP(0x0) in kernel mode on the kernel's stack
              Linux hands that to the program as if its own code had faulted.

            SYSRET would have faulted
              on Intel  #GP(0x0) in kernel mode on the user's stack
              on AMD    #GP(0x0) in user mode on the kernel's stack: RCX is not tested, and
                        the first fetch faults
            """);
  }

  @Test
  void knowsTheWidthOfAddressesWith5LevelPaging() {
    assertThat(byHand("--la57", "--model", "linux-6.9"))
        .contains(
            """
            The checks of linux-6.9; the kernel stops at the first that fails
              pass  no Xen PV guest              it is none
              pass  rcx == rip                   0x800000000000 == 0x800000000000
              pass  r11 == rflags                0x246 == 0x246
              pass  cs & 0xffff == 0x33          0x33 & 0xffff == 0x33
              pass  ss & 0xffff == 0x2b          0x2b & 0xffff == 0x2b
              pass  rip < 0xfffffffffff000       0x800000000000 < 0xfffffffffff000
              pass  rflags & 0x10000 == 0        0x246 & 0x10000 == 0
              pass  rflags & 0x100 == 0          0x246 & 0x100 == 0

            Outcome: SYSRET, checked, and returned by SYSRET
              The way back is syscall_no_work; in linux-6.9 it ends in the register check.

            IRETQ restores
              rip 0x800000000000, cs 0x33, ss 0x2b, rsp 0x0
              rflags 0x246: PF ZF IF

            SYSRET gives just that, on Intel and on AMD.
            """);
    assertThat(byHand("--la57", "--xen-pv", "--model", "linux-5.12"))
        .contains(
            """
            The checks of linux-5.12; the kernel stops at the first that fails
              FAIL  no Xen PV guest              it is one
                    XEN_PV_GUEST: the kernel is a Xen PV guest, which never uses SYSRET.
              pass  rcx == rip                   0x800000000000 == 0x800000000000
              pass  sign_extend(rcx, 56) == rip  0x800000000000 == 0x800000000000
            """);
  }

  @Test
  void tellsThatFredChecksNothing() {
    assertThat(byHand("--model", "fred"))
        .contains(
            """
            Model fred checks no register.

            Outcome: ERETU, returned by ERETU
              The way back is syscall_no_work; in fred it ends in ERETU, as every way back
              does under FRED.
            """);
  }

  @Test
  void explainsAnInterruptOfTheKernelAsRecordedOnly() {
    Path trace = sample("timer-signals");
    assertFails(
        run(trace, 767),
        ExitCode.USAGE,
        "frame 767 of timer-signals/%s is an interrupt of the kernel, which returned to the kernel;"
                .formatted(id(trace))
            + " --as-recorded explains it all the same.");
    assertThat(story(trace, 767, "--as-recorded"))
        .contains(
            """
              path     interrupt: hardware interrupt from user mode
              stage    early: recorded before the frame was final, and no later event says
                       what came after
            """)
        .contains("  > #767     0.000  local_timer_exit  this frame: interrupt of the kernel\n");
  }

  @Test
  void tellsOfTheFrameAsRecordedWhereItWasChanged() {
    assertThat(story(sample("timer-signals"), 768, "--as-recorded"))
        .contains("\n  path     syscall_no_work: ")
        .contains("\nOutcome: SYSRET, checked, and returned by SYSRET\n")
        .contains("\nSYSRET gives just that, on Intel and on AMD.\n")
        .contains("\nCause: none; nothing about this frame keeps it from SYSRET.\n");
  }

  @Test
  void judgesByTheModelOfTheTracesKernel() {
    Path trace = sample("compiler");
    Result result = run(trace, 100, "--model", "auto");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).startsWith("sysret-replay: model linux-6.9 for " + id(trace) + ": ");
    assertThat(result.out()).contains("\nThe checks of linux-6.9, which this way back does not");
    assertThat(run("--quiet", trace, 100, "--model", "auto").err()).isEmpty();
  }

  @Test
  void judgesByAModelUnderAPolicy() {
    assertThat(story(sample("shell"), 150, "--model", "seed+exec-hits"))
        .contains("\nOutcome: SYSRET, checked, and returned by SYSRET\n");
  }

  @Test
  void takesTheTraceByItsWorkloadOrAPartOfItsName() {
    Path trace = sample("compiler");
    String expected = story(trace, 100);
    String name = id(trace);
    for (String part : List.of("compiler", name, "compiler/" + name, "ompiler/perf")) {
      assertThat(story(SampleTraces.ROOT, part + ":100")).isEqualTo(expected);
    }
    assertThat(story(trace, "compiler:100")).isEqualTo(expected);
  }

  @Test
  void tellsTheSameOfAStoreApartFromTheNeighbours() {
    Path trace = sample("timer-signals");
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", "--quiet", trace, "--into", store).exit()).isZero();
    String neighbours = "\nThe thread around it";
    for (Object[] asked :
        List.of(
            new Object[] {"768"},
            new Object[] {"timer-signals:1459", "--model", "linux-4.6"},
            new Object[] {"768", "--as-recorded"})) {
      String ofStore = story(store, asked);
      assertThat(ofStore.split(neighbours)[0]).isEqualTo(story(trace, asked).split(neighbours)[0]);
    }
    assertThat(story(store, 768))
        .endsWith(
            """
            The thread around it, in microseconds from the frame
              This source keeps frames and no other events.
                #762   -81.191  sys_exit          getppid = 4486
                #763   -77.916  sys_exit          getppid = 4486
                #764   -74.639  sys_exit          getppid = 4486
                #765   -70.782  sys_exit          getppid = 4486
                #766   -66.384  sys_exit          getppid = 4486
                #767    -8.275  local_timer_exit  interrupt of the kernel
              > #768     0.000  sys_exit          this frame: getppid = 4486
                #769   +87.794  sys_exit          rt_sigreturn to interrupted code
                #770   +92.513  sys_exit          getppid = 4486
                #771   +96.590  sys_exit          getppid = 4486
                #772  +100.688  sys_exit          getppid = 4486
                #773  +104.735  sys_exit          getppid = 4486
                #774  +108.242  sys_exit          getppid = 4486
            """);
    assertThat(run(store, 768, "--model", "auto").err()).contains("model linux-6.9 for ");
    assertFails(
        run(store, 5000),
        ExitCode.USAGE,
        "timer-signals/%s: there is no frame 5000; name one from 0 to 1878.".formatted(id(trace)));
    assertFails(
        run(store, 767),
        ExitCode.USAGE,
        "frame 767 of timer-signals/%s is an interrupt of the kernel, which returned to the kernel;"
                .formatted(id(trace))
            + " --as-recorded explains it all the same.");
  }

  @Test
  void showsTheOtherFramesOfTheThreadWhereATraceHoldsNothingElse() throws IOException {
    Path trace = JsonLines.write(folder, "a.jsonl", JsonLines.HIT, JsonLines.FAULT, JsonLines.TICK);
    assertThat(story(trace, 1))
        .endsWith(
            """
            The thread around it, in microseconds from the frame
              This source keeps frames and no other events.
                #0  0.000  syscall    getpid
              > #1  0.000  exception  this frame: fault at rip 0x401000
                #2  0.000  interrupt  interrupt at rip 0x401000
            """);
  }

  @Test
  void saysSoWhereTheThreadHasNoName() throws IOException {
    Path trace =
        JsonLines.write(
            folder, "a.jsonl", "{\"rip\":1,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}");
    assertThat(story(trace, 0))
        .startsWith("Frame 0 of a/" + id(trace) + "\n  entered  by a 64-bit SYSCALL\n")
        .endsWith("\nThe recording does not name the thread, so its other events are not known.\n");
  }

  static Stream<Long> everyNow() {
    return LongStream.iterate(0, it -> it < 2_650, it -> it + 53).boxed();
  }

  @ParameterizedTest
  @MethodSource("everyNow")
  void neverFailsAndFitsTheTerminal(long seq) {
    String story = story(sample("threads"), seq, "--as-recorded");
    assertThat(story).contains("  > #" + seq + " ");
  }

  @Test
  void saysWhichFramesThereAre() throws IOException {
    Path trace = sample("compiler");
    assertFails(
        run(trace, 99_999),
        ExitCode.USAGE,
        "compiler/%s: there is no frame 99999; name one from 0 to 3062.".formatted(id(trace)));
    Path rejects = JsonLines.write(folder, "a.jsonl", JsonLines.HIT, JsonLines.LONG_REGISTER);
    assertFails(
        run(rejects, 1),
        ExitCode.USAGE,
        "a/%s: there is no frame 1; name one from 0 to 0; rejected records have no number, of which there are 1."
            .formatted(id(rejects)));
    Path none = JsonLines.write(folder, "b.jsonl", JsonLines.LONG_REGISTER);
    assertFails(
        run(none, 0),
        ExitCode.USAGE,
        "b/%s: there is no frame 0; it holds none; rejected records have no number, of which there are 1."
            .formatted(id(none)));
  }

  @Test
  void listsTheTracesWhereSeveralCouldBeMeant() throws IOException {
    Path first = JsonLines.write(folder, "web1.jsonl", JsonLines.HIT);
    Path second = JsonLines.write(folder, "web2.jsonl", JsonLines.HIT);
    String names = "web1/%s, web2/%s".formatted(id(first), id(second));
    assertFails(
        run(folder, 0),
        ExitCode.USAGE,
        "%s: there are 2 traces; say which, as in web1/%s:0: %s."
            .formatted(folder, id(first), names));
    assertFails(
        run(folder, "web:0"),
        ExitCode.USAGE,
        "web: 2 traces in %s are called so; name one of %s.".formatted(folder, names));
    assertFails(
        run(folder, "mail:0"),
        ExitCode.USAGE,
        "mail: no trace in %s is called so; choose from %s.".formatted(folder, names));
    assertThat(story(folder, "web2:0")).startsWith("Frame 0 of web2/");
  }

  @Test
  void listsNoMoreThanAReaderCanTake() throws IOException {
    for (int i = 10; i < 40; i++) {
      JsonLines.write(folder, "t" + i + ".jsonl", JsonLines.HIT);
    }
    assertThat(run(folder, 0).err())
        .contains("t29/")
        .doesNotContain("t30/")
        .endsWith(" and 10 more.\n");
  }

  @Test
  void wantsANumber() {
    for (String id : List.of("first", "", "1.5", "compiler:", "compiler:x", ":1", "9".repeat(19))) {
      assertFails(
          run(sample("compiler"), id),
          ExitCode.USAGE,
          id
              + ": this is no frame; give the number (seq) that replay shows, as in 12, or in TRACE:12.");
    }
  }

  @Test
  void wantsAFrame() {
    Path trace = sample("compiler");
    assertFails(
        run(trace),
        ExitCode.USAGE,
        "%s: which frame of it? Give its number (seq) as replay shows it, as in: explain %s 0."
            .formatted(trace, trace));
    assertFails(
        CliRunner.run("explain", "app 1.perf.data-901245d1:4813"),
        ExitCode.USAGE,
        "app 1.perf.data-901245d1:4813: there is no such file; to explain a frame of that name, put its"
            + " source before it: explain SOURCE 'app 1.perf.data-901245d1:4813'.");
    assertFails(
        CliRunner.run("explain"),
        ExitCode.USAGE,
        "there is no frame to explain; give SOURCE and FRAME-ID, or --rip, --rcx, --r11 and"
            + " --rflags by hand.");
  }

  @Test
  void wantsOneFrame() {
    Path trace = sample("compiler");
    assertFails(
        run(trace, 1, "--rip=1"),
        ExitCode.USAGE,
        trace
            + ": registers by hand belong to no trace; give SOURCE and FRAME-ID, or --rip, --rcx,"
            + " --r11 and --rflags by hand, not both.");
  }

  @Test
  void wantsAllRegistersThatDecide() {
    assertFails(
        run("--rip=1", "--cs=0x33"),
        ExitCode.USAGE,
        "a frame by hand lacks --rcx, --r11, --rflags; give --rip, --rcx, --r11 and --rflags.");
  }

  @Test
  void wantsOneModel() {
    Path trace = sample("compiler");
    assertFails(
        run(trace, 1, "--model", "all"),
        ExitCode.USAGE,
        "--model all: explain asks one model; name it.");
    assertFails(
        run("--quiet", "--rip=1", "--rcx=1", "--r11=2", "--rflags=2", "--model=auto"),
        ExitCode.USAGE,
        "--model auto: registers by hand name no kernel; name a model.");
    assertFails(
        run(trace, 1, "--la57"),
        ExitCode.USAGE,
        "--la57: seed cannot run with 5-level paging; leave out --la57, or name a later model.");
    assertFails(
        run(trace, 1, "--la57", "--model", "4.9"),
        ExitCode.USAGE,
        "--la57: 4.9 cannot run with 5-level paging; leave out --la57, or name a later model.");
    assertThat(run(trace, 1, "--la57", "--model", "4.14").exit()).isZero();
    assertThat(run(trace, 1, "--model", "linux-9").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void failsWhereTheTraceCannotBeRead() throws IOException {
    assertFails(
        run(folder.resolve("none"), 1),
        ExitCode.INPUT,
        folder.resolve("none") + ": there is no such file; check the name.");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertFails(run(empty, 1), ExitCode.INPUT, empty + ": the file is empty; record again.");
  }

  @Test
  void aFileThatIsCalledLikeAFrameIsASource() throws IOException {
    Path trace = Files.createFile(folder.resolve("app:1"));
    assertFails(
        run(trace),
        ExitCode.USAGE,
        "%s: which frame of it? Give its number (seq) as replay shows it, as in: explain %s 0."
            .formatted(trace, trace));
  }

  /** Hosts that record into the same path give their traces the same name. */
  @Test
  void aNameThatTwoRecordingsHaveIsNotExplained() throws IOException {
    Path fleet = folder.resolve("fleet");
    Path recorded = JsonLines.write(folder, "app.jsonl", JsonLines.HIT);
    Path first = fleet.resolve("host1");
    Path second = fleet.resolve("host2");
    assertThat(CliRunner.run("ingest", recorded, "--into", first).exit()).isZero();
    JsonLines.write(folder, "app.jsonl", JsonLines.TICK, JsonLines.FAULT);
    assertThat(CliRunner.run("ingest", recorded, "--into", second).exit()).isZero();
    String name =
        CliRunner.run("frames", second, "--format", "jsonl")
            .out()
            .replaceFirst("(?s).*?(app\\.jsonl-[0-9a-f]{8}).*", "$1");
    for (String frame : List.of(name + ":0", name + ":1", "app/" + name + ":0", "0")) {
      CliRunner.Result result = CliRunner.run("explain", fleet, frame);
      assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(result.out()).isEmpty();
      assertThat(result.errLines())
          .containsExactly(
              "sysret-replay: app/%s: two traces are called so, in %s and in %s; name one of these places."
                  .formatted(frame.endsWith("1") ? name + ":1" : name + ":0", first, second));
    }
    assertThat(CliRunner.run("explain", second, name + ":1").exit()).isZero();
  }

  @Test
  void aFileThatWasRecordedAgainIsNotTakenForTheStoredTrace() throws IOException {
    Path both = Files.createDirectory(folder.resolve("both"));
    Path recorded = JsonLines.write(both, "app.jsonl", JsonLines.HIT);
    Path store = both.resolve("store");
    assertThat(CliRunner.run("ingest", recorded, "--into", store).exit()).isZero();
    assertThat(CliRunner.run("explain", both, "0").exit()).isZero();
    JsonLines.write(both, "app.jsonl", JsonLines.TICK);
    CliRunner.Result result = CliRunner.run("explain", both, "0");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains(":0: two traces are called so, in %s and in %s;".formatted(recorded, store));
  }

  @Test
  void theSameRecordingInTwoPlacesIsExplained() throws IOException {
    Path both = Files.createDirectory(folder.resolve("same"));
    Path recorded =
        Files.copy(SampleTraces.ROOT.resolve("rseq/perf.data"), both.resolve("app.perf.data"));
    for (String store : List.of("a", "b")) {
      assertThat(CliRunner.run("ingest", "--quiet", recorded, "--into", both.resolve(store)).exit())
          .isZero();
    }
    for (String frame : List.of("0", "100", "400")) {
      assertThat(CliRunner.run("explain", both, frame, "--quiet"))
          .isEqualTo(CliRunner.run("explain", recorded, frame, "--quiet"));
    }
  }
}
