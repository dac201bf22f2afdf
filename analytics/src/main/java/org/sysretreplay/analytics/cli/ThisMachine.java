package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;

/**
 * What Linux says of the machine that it runs on. The kernel shows a feature in {@code
 * /proc/cpuinfo} only while it uses it. What cannot be read is not known.
 */
final class ThisMachine {

  /**
   * The parameters that decide how the kernel returns, or which frames there are. No other is kept:
   * a command line can hold what is nobody's business, such as the key of a disk.
   */
  private static final Set<String> PARAMETERS =
      Set.of(
          "audit",
          "clearcpuid",
          "fred",
          "ia32_emulation",
          "mitigations",
          "no5lvl",
          "nohz_full",
          "nopti",
          "pti",
          "vdso32",
          "vsyscall");

  /** What the values of these parameters are made of. */
  private static final String VALUE = "[\\w,:.+-]{1,200}";

  private static final String GUEST_OF_ANY = "hypervisor";

  private final Path root;

  private ThisMachine(Path root) {
    this.root = root;
  }

  /**
   * What is known.
   *
   * @param root the folder that holds {@code proc} and {@code sys}
   */
  static MachineFacts facts(Path root) {
    return new ThisMachine(root).facts();
  }

  private MachineFacts facts() {
    Optional<Set<String>> flags = flags();
    return new MachineFacts(
        fact(flags, "la57"),
        fact(flags, "fred"),
        hypervisor(flags),
        line("proc/sys/kernel/osrelease").orElse(""),
        parameters());
  }

  private Optional<String> line(String file) {
    return lines(file).stream().findFirst().map(String::strip).filter(it -> !it.isEmpty());
  }

  private List<String> lines(String file) {
    try (Stream<String> lines = Files.lines(root.resolve(file))) {
      return lines.toList();
    } catch (IOException | RuntimeException e) {
      // Containers hide some of these files, and a file that is no text tells nothing.
      return List.of();
    }
  }

  /** The features of the first processor, which are those of all. */
  private Optional<Set<String>> flags() {
    return lines("proc/cpuinfo").stream()
        .filter(it -> it.startsWith("flags"))
        .findFirst()
        .map(it -> it.substring(it.indexOf(':') + 1).strip().split("\\s+"))
        .map(it -> Set.copyOf(List.of(it)));
  }

  private static Fact fact(Optional<Set<String>> flags, String flag) {
    return flags.map(it -> Fact.of(it.contains(flag))).orElse(Fact.NOT_KNOWN);
  }

  /** Xen says itself which kind of guest this is; of the others only that there is one. */
  private String hypervisor(Optional<Set<String>> flags) {
    if (line("sys/hypervisor/type").filter("xen"::equals).isPresent()) {
      return line("sys/hypervisor/guest_type").map(ThisMachine::xen).orElse("");
    }
    return flags
        .map(it -> it.contains(GUEST_OF_ANY) ? "other" : MachineFacts.NO_HYPERVISOR)
        .orElse("");
  }

  private static String xen(String guest) {
    return guest.equals("PV") ? MachineFacts.XEN_PV : "xen";
  }

  private String parameters() {
    return line("proc/cmdline").stream()
        .flatMap(it -> Stream.of(it.split("\\s+")))
        .filter(ThisMachine::isKept)
        .collect(Collectors.joining(" "));
  }

  private static boolean isKept(String parameter) {
    String[] parts = parameter.split("=", 2);
    return PARAMETERS.contains(parts[0]) && (parts.length == 1 || parts[1].matches(VALUE));
  }
}
