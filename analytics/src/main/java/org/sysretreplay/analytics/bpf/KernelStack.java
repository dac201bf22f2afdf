package org.sysretreplay.analytics.bpf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the registers of user space lie: in the kernel's {@code struct pt_regs}, at the top of the
 * stack that each task has in the kernel. How large a stack is, and how much of its top is left
 * free, depends on how the kernel was built, and so a script asks the kernel itself.
 *
 * @param top the end of {@code pt_regs}, in bytes from the start of the stack
 */
public record KernelStack(int top) {

  /** Those of kernel file asm/page_64_types.h, with and without KASAN. */
  private static final List<Integer> SIZES = List.of(1 << 14, 1 << 15);

  /** Kernels that know FRED leave 16 bytes free. */
  private static final List<Integer> FREE = List.of(0, 16);

  /** All that there may be. */
  private static final List<KernelStack> ALL =
      SIZES.stream()
          .flatMap(size -> FREE.stream().map(free -> new KernelStack(size - free)))
          .toList();

  /** Prints a line of 0 and 1, of which 1 is where user space's own selectors are found. */
  public static final String SCRIPT =
      """
      BEGIN {
        $stack = (uint64)curtask->stack;
        printf("%s\\n", %s);
        exit();
      }
      """
          .formatted(
              ALL.stream().map(it -> "%d").collect(Collectors.joining(" ")),
              ALL.stream().map(KernelStack::hasSelectors).collect(Collectors.joining(",\n    ")));

  private static String hasSelectors(KernelStack stack) {
    return "(%s & 0xffff) == 0x2b && (%s & 0xffff) == 0x33"
        .formatted(
            SavedRegister.SS.text("$stack + " + stack.top()),
            SavedRegister.CS.text("$stack + " + stack.top()));
  }

  /**
   * The stack of this kernel.
   *
   * @param printed what the script printed
   * @return nothing where it is not certain
   */
  public static Optional<KernelStack> in(String printed) {
    List<String> found = List.of(printed.strip().split(" "));
    List<KernelStack> those =
        IntStream.range(0, Math.min(found.size(), ALL.size()))
            .filter(i -> found.get(i).equals("1"))
            .mapToObj(ALL::get)
            .toList();
    return those.size() == 1 ? Optional.of(those.get(0)) : Optional.empty();
  }
}
