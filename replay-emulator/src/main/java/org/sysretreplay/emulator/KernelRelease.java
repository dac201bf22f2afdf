package org.sysretreplay.emulator;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's release as {@code uname -r} prints it, and the model that mainline has in that release
 * (sheet 1). A release number is no proof: stable and distribution kernels carry entry code of
 * other releases.
 *
 * @param text as it was given, without blanks around it
 * @param major the first number, of at most four digits
 * @param minor the second number, likewise
 * @param candidate whether it is a release candidate of these two numbers, as mainline or a
 *     distribution names it
 */
public record KernelRelease(String text, int major, int minor, boolean candidate)
    implements Serializable {

  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?<patch>(?:\\.\\d+)*)(?<rest>.*)");

  /** A release candidate's numbers behind the second: none but zero. */
  private static final Pattern UNPATCHED = Pattern.compile("(?:\\.0+)*");

  /**
   * How the rest of a release candidate begins: {@code -rc5} in mainline, {@code -0.rc5} in Fedora,
   * {@code -040000rc5} in Ubuntu.
   */
  private static final Pattern CANDIDATE = Pattern.compile("[-._~](?:\\d+[-._~]?)?rc(?![A-Za-z])");

  /** The prefix that people write before a release, as in {@code v6.12} and {@code linux-6.12}. */
  private static final Pattern PREFIX = Pattern.compile("^(?i:linux[- ]|v)(?=\\d)");

  /**
   * The rest of a hand-written release behind its numbers. A plus sign belongs to it at the end,
   * before a word with a digit, which no policy has, as in {@code +bpo-amd64} and {@code +deb13},
   * and before the words of distributions that have none; any other plus sign begins a policy.
   */
  private static final Pattern SUFFIX =
      Pattern.compile(
          "(?:[-._~][-._~\\w]*)?"
              + "(?:\\+(?:(?=[-._~\\w]*\\d)\\w[-._~\\w]*|debug|realtime|rt|rt-debug|truenas))*"
              + "\\+?");

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

  /** The last minor release of each major version that has ended. */
  private static final Map<Integer, Integer> LAST_RELEASES =
      Map.of(2, 6, 3, 19, 4, 20, 5, 19, 6, 19);

  /** The first release that a kernel can have FRED in. */
  private static final int FIRST_WITH_FRED = order(6, 9);

  /** The first release that can be built for 5-level paging. */
  private static final int FIRST_WITH_5_LEVELS = order(4, 14);

  /** The major version that is being released now. */
  private static final int NEWEST_MAJOR = 7;

  /** About how many releases a major version has. */
  private static final int RELEASES_OF_A_MAJOR = 20;

  /** Stable releases that were seen to have the fix of CVE-2015-2830 (sheet 12.1b). */
  private static final Pattern WITH_PATCHED_FORK_CHILDREN =
      Pattern.compile("(?<![\\d.])3\\.19\\.8(?![\\d.])");

  /** A release as a number that grows from release to release. */
  static int order(int major, int minor) {
    return major * 10_000 + minor;
  }

  /**
   * A range of mainline releases.
   *
   * @param first the {@link #order} of the first release
   * @param end the order of the first release after the range
   */
  record Range(int first, int end) {

    /** Whether all of the other's releases are among these. */
    boolean includes(Range other) {
      return other.first >= first && other.end <= end;
    }
  }

  /** This release alone. */
  Range range() {
    return new Range(order(), order() + 1);
  }

  /** The releases that a kernel's model stands for. */
  static Range rangeOf(ExitModel kernel) {
    if (kernel.id().equals(LimitKernels.FRED.id())) {
      return new Range(FIRST_WITH_FRED, Integer.MAX_VALUE);
    }
    // The seed's releases are the candidates of 4.0, which have no number of their own.
    boolean isSeed = kernel.id().equals(SeedKernels.SEED.id());
    String released = isSeed ? SeedKernels.LINUX_4_0.id() : kernel.id();
    int first =
        FIRST_RELEASES.entrySet().stream()
            .filter(it -> it.getValue().id().equals(released))
            .mapToInt(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    Integer next = FIRST_RELEASES.higherKey(first);
    return new Range(first, next == null ? Integer.MAX_VALUE : next);
  }

  private int order() {
    return order(major, minor);
  }

  /**
   * The release in a text such as {@code 5.15.0-91-generic}; empty where the text does not begin
   * with a release number.
   */
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
            isCandidate(release)));
  }

  private static boolean isCandidate(Matcher release) {
    return UNPATCHED.matcher(release.group("patch")).matches()
        && CANDIDATE.matcher(release.group("rest")).lookingAt();
  }

  /**
   * The release that a person means by {@code 6.12}, {@code linux-6.12} or {@code v6.12.3}; it need
   * not exist.
   */
  public static Optional<KernelRelease> ofHand(String text) {
    Matcher release = RELEASE.matcher(PREFIX.matcher(text.strip()).replaceFirst(""));
    return release.matches() && SUFFIX.matcher(release.group("rest")).matches()
        ? parse(release.group())
        : Optional.empty();
  }

  /** Whether there is such a release, or can be one soon. */
  public boolean exists() {
    if (major == NEWEST_MAJOR) {
      return minor <= RELEASES_OF_A_MAJOR;
    }
    return LAST_RELEASES.containsKey(major) && minor <= LAST_RELEASES.get(major);
  }

  /** Whether it came before that release, as its candidates did. */
  public boolean isBefore(int otherMajor, int otherMinor) {
    int other = order(otherMajor, otherMinor);
    return order() < other || order() == other && candidate;
  }

  /** Whether mainline has FRED in that release; a back-port may have it earlier. */
  public boolean canHaveFred() {
    return order(major, minor) >= FIRST_WITH_FRED;
  }

  /** Whether a mainline kernel of that release can be built for 5-level paging (sheet 3.2). */
  public boolean canHave5Levels() {
    return order() >= FIRST_WITH_5_LEVELS;
  }

  /**
   * The model of that mainline release. A release cannot tell whether FRED is active, so it is
   * never {@code fred}; the candidates of 4.0 have the seed's rule.
   */
  public ExitModel model() {
    ExitModel model = FIRST_RELEASES.floorEntry(order(major, minor)).getValue();
    return model == SeedKernels.LINUX_4_0 && candidate ? SeedKernels.SEED : model;
  }

  /** The model that the next change of the entry code in mainline brought; empty for the newest. */
  public Optional<ExitModel> nextModel() {
    return Optional.ofNullable(FIRST_RELEASES.higherEntry(order(major, minor)))
        .map(Map.Entry::getValue);
  }

  /** Who built the kernel, as far as the release tells. */
  public KernelVendor vendor() {
    return KernelVendor.of(text);
  }

  /** The machine, with what the release alone says about its kernel. */
  public Machine on(Machine machine) {
    return WITH_PATCHED_FORK_CHILDREN.matcher(text).find()
        ? machine.withPatchedForkChildren(true)
        : machine;
  }
}
