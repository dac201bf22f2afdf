package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyscallNamesTest {

  /** The kernel's own list, of Debian's package linux-libc-dev. */
  private static final Path KERNEL_HEADER =
      Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");

  private static final Pattern DEFINITION = Pattern.compile("#define __NR_(\\w+) (\\d+)");

  @ParameterizedTest
  @CsvSource({
    "0, read",
    "15, rt_sigreturn",
    "59, execve",
    "-1, -1 (rt_sigreturn)",
    "-2, -2",
    "99999, 99999",
    "1073741824, x32 read",
    "1073741863, x32 getpid",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void namesWhatHasANameAndElseGivesTheNumber(long number, String expected) {
    assertThat(SyscallNames.describe(number)).isEqualTo(expected);
  }

  @Test
  void agreesWithTheKernelsHeader() throws IOException {
    assumeTrue(Files.exists(KERNEL_HEADER), "linux-libc-dev is not installed");
    Map<Long, String> ours = new TreeMap<>();
    Map<Long, String> kernels = new TreeMap<>();
    for (String line : Files.readAllLines(KERNEL_HEADER)) {
      Matcher definition = DEFINITION.matcher(line);
      if (definition.matches()) {
        long number = Long.parseLong(definition.group(2));
        kernels.put(number, definition.group(1));
        ours.put(number, SyscallNames.describe(number));
      }
    }
    assertThat(kernels).hasSizeGreaterThan(300);
    assertThat(ours).isEqualTo(kernels);
  }
}
