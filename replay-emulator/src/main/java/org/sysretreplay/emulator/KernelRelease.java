package org.sysretreplay.emulator;

import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's release as {@code uname -r} prints it, and the model that mainline has in that release
 * (sheet 1). A release number is no proof: stable and distribution kernels carry entry code of
 * other releases.
 */
public record KernelRelease(String text, int major, int minor, boolean candidate) {

  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.\\d+)*(?<rest>.*)");

  private static final TreeMap<Integer, ExitModel> FIRST_RELEASES = new TreeMap<>();

  static {
    FIRST_RELEASES.put(0, SeedKernels.LINUX_3_19);
    FIRST_RELEASES.put(order(4, 0), SeedKernels.LINUX_4_0);
    FIRST_RELEASES.put(order(4, 1), SeedKernels.LINUX_4_1);
    FIRST_RELEASES.put(order(4, 2), CanonicalKernels.LINUX_4_2);
    FIRST_RELEASES.put(order(4, 4), CanonicalKernels.LINUX_4_4);
    FIRST_RELEASES.put(order(4, 6), CanonicalKernels.LINUX_4_6);
    FIRST_RELEASES.put(order(4, 16), CanonicalKernels.LINUX_4_16);
    FIRST_RELEASES.put(order(5, 12), CanonicalKernels.LINUX_5_12);
    FIRST_RELEASES.put(order(6, 7), LimitKernels.LINUX_6_7);
    FIRST_RELEASES.put(order(6, 9), LimitKernels.LINUX_6_9);
  }

  /** Stable releases that were seen to have the fix of CVE-2015-2830 (sheet 12.1b). */
  private static final Pattern WITH_PATCHED_FORK_CHILDREN =
      Pattern.compile("(?<![\\d.])3\\.19\\.8(?![\\d.])");

  private static int order(int major, int minor) {
    return major * 10_000 + minor;
  }

  /** The release in a text such as {@code 5.15.0-91-generic}; none where it does not begin so. */
  public static Optional<KernelRelease> parse(String text) {
    Matcher release = RELEASE.matcher(text.strip());
    if (!release.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelRelease(
            text.strip(),
            Integer.parseInt(release.group(1)),
            Integer.parseInt(release.group(2)),
            release.group("rest").startsWith("-rc")));
  }

  /**
   * The model of that mainline release. A release cannot tell whether FRED is active, so it is
   * never {@code fred}; the candidates of 4.0 have the seed's rule.
   */
  public ExitModel model() {
    ExitModel model = FIRST_RELEASES.floorEntry(order(major, minor)).getValue();
    return model == SeedKernels.LINUX_4_0 && candidate ? SeedKernels.SEED : model;
  }

  /** That machine, with what the release by itself says of it. */
  public Machine on(Machine machine) {
    return WITH_PATCHED_FORK_CHILDREN.matcher(text).find()
        ? machine.withPatchedForkChildren(true)
        : machine;
  }
}
