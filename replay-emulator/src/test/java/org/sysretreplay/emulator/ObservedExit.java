package org.sysretreplay.emulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One exit of a running kernel as it was watched: a row of kernels/*.csv.gz. kernels/README.md has
 * the columns, and says in words what {@link #path} and {@link #machine} say here.
 */
record ObservedExit(String place, Map<String, String> cells) {

  private static final String FAST = "fast";

  /** What the column {@code src} may name beside the entry or the road. */
  private static final Set<String> PASSED =
      Set.of("careful", "sigwork", "audit", "phase1", "phase2", "fixup", "int_careful");

  /** The rows of a table with a head. */
  static List<ObservedExit> parse(String file, List<String> lines) {
    String[] names = lines.get(0).split(",", -1);
    return lines.subList(1, lines.size()).stream().map(line -> parse(file, names, line)).toList();
  }

  private static ObservedExit parse(String file, String[] names, String line) {
    String[] values = line.split(",", -1);
    if (values.length != names.length) {
      throw new IllegalArgumentException(file + ": " + line);
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      cells.put(names[i], values[i]);
    }
    return new ObservedExit(file + ": " + line, cells);
  }

  private String cell(String name) {
    String value = cells.get(name);
    if (value == null) {
      throw new IllegalArgumentException(place + ": no column " + name);
    }
    return value;
  }

  private long register(String name) {
    return Long.parseUnsignedLong(cell(name).substring(2), 16);
  }

  String kernel() {
    return cell("kernel");
  }

  String model() {
    return cell("model");
  }

  String actual() {
    return cell("actual");
  }

  boolean isChecked() {
    return cell("checked").equals("1");
  }

  long number() {
    return register("orig_rax");
  }

  Registers registers() {
    return new Registers(
        register("rip"),
        register("rcx"),
        register("r11"),
        register("rflags"),
        register("cs"),
        register("ss"));
  }

  /** The first failing test, as the models name it; none where none failed or none was made. */
  Optional<MissReason> firstMiss() {
    return Optional.ofNullable(
        switch (cell("fail_check")) {
          case "" -> null;
          case "ip" -> MissReason.RCX_NOT_RIP;
          case "addr" -> MissReason.RIP_NOT_USER_ADDRESS;
          case "cs" -> MissReason.CS_NOT_USER_CS;
          case "r11" -> MissReason.R11_NOT_RFLAGS;
          case "flags" -> Rflags.RF.in(register("r11")) ? MissReason.RF_SET : MissReason.TF_SET;
          case "ss" -> MissReason.SS_NOT_USER_DS;
          default -> throw new IllegalArgumentException(place + ": an unknown test");
        });
  }

  /** The number of the first failing test in the kernel's own order, RF and TF being one. */
  OptionalLong numberOfFirstMiss() {
    String number = cell("first_fail");
    return number.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
  }

  /** The marks that the exit passed on its way. */
  private Set<String> passed() {
    List<String> words = Arrays.asList(cell("src").split("\\+"));
    return new TreeSet<>(words.subList(1, words.size()));
  }

  /** Whether this class knows all the marks that it passed. */
  boolean isUnderstood() {
    return PASSED.containsAll(passed());
  }

  /** The last word of the entry or road itself, as in {@code ret_from_fork:slow}. */
  private String road() {
    String entry = cell("src").split("\\+")[0];
    return entry.substring(entry.indexOf(':') + 1);
  }

  /** Whether it is a syscall that was on the fast road, at least until work was found at exit. */
  private boolean wasOnTheFastRoad() {
    Set<String> passed = passed();
    return cell("path").equals(FAST)
        || passed.contains("careful")
        || passed.contains("sigwork")
        || passed.contains("fixup");
  }

  /** The way back that it took. */
  EntryPath path() {
    return switch (cell("path")) {
      case "irq" -> EntryPath.INTERRUPT;
      case "exc" -> EntryPath.EXCEPTION;
      case "nmi" -> EntryPath.NMI;
      case "int80" -> EntryPath.INT80;
      case "compat" -> road().equals("slow") ? EntryPath.COMPAT_EXIT_WORK : EntryPath.COMPAT;
      case "fork" -> ofFork();
      case FAST -> ofFastSyscall();
      case "syscall" -> ofCheckedSyscall();
      default -> throw new IllegalArgumentException(place + ": an unknown path");
    };
  }

  private EntryPath ofFork() {
    boolean isNewProgram = register("rcx") == 0 && register("r11") == 0;
    boolean makesTask = Syscall.makesTask(number()) || Syscall.makesTask32(number());
    EntryPath child = EntryPath.of(EntryKind.FORK, registers());
    if (isNewProgram && !makesTask) {
      return EntryPath.KERNEL_THREAD_EXEC;
    }
    return road().equals("slow") && !passed().isEmpty() ? child.withWork() : child;
  }

  private EntryPath ofNumber() {
    return wasOnTheFastRoad() && Syscall.isSigreturn(number())
        ? EntryPath.SYSCALL_NO_WORK
        : EntryPath.ofSyscall(OptionalLong.of(number()), OptionalLong.of(register("rax")));
  }

  private EntryPath ofFastSyscall() {
    Set<String> passed = passed();
    return passed.contains("careful") && !passed.contains("sigwork")
        ? EntryPath.SYSCALL_RESCHEDULE
        : ofNumber();
  }

  private EntryPath ofCheckedSyscall() {
    EntryPath path = ofNumber();
    boolean byWork = road().equals("slow") && !passed().contains("phase2");
    return byWork && path.isPlainSyscall() && !isDiverted() ? path.withWork() : path;
  }

  /**
   * Whether the kernel leads the call off its fast path because of its number, without any work
   * (sheet 12.1): a failed execve up to 4.0, and from 4.6 to 4.15 all calls that want the full
   * frame.
   */
  boolean isDiverted() {
    boolean isExecve = number() == 59 || number() == 322;
    boolean wantsFullFrame =
        isExecve || number() == 56 || number() == 57 || number() == 58 || number() == 172;
    return switch (model()) {
      case "linux-3.19", "seed", "linux-4.0" -> isExecve;
      case "linux-4.6" -> wantsFullFrame;
      default -> false;
    };
  }

  /** The machine that it ran on, from the release and from the row itself. */
  Machine machine() {
    Machine machine = Machine.UNTRACED.withLa57(cell("va_bits").equals("57"));
    return KernelRelease.parse(kernel())
        .map(it -> it.on(withWork(machine)))
        .orElseGet(() -> withWork(machine));
  }

  private Machine withWork(Machine machine) {
    Set<String> passed = passed();
    if (passed.contains("phase2")) {
      return machine.with(Work.TRACING, true);
    }
    if (!road().equals(FAST)) {
      return machine;
    }
    boolean audit = passed.contains("audit");
    return machine.with(Work.AUDIT, audit).with(Work.SECCOMP, passed.contains("phase1") && !audit);
  }
}
