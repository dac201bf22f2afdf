package org.sysretreplay.emulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The models that are known, as data. MODELS.md describes them for a reader.
 *
 * <p>Their names in the sheet are A0, B1 to B3, C1 to C4, D1, D2 and F.
 */
public final class ExitModels {

  /** The rule of the seed mail, commit 2a23c6b8a9c4 of February 2015 (sheet 2.2). */
  public static final ExitModel SEED = SeedKernels.SEED;

  /** The kernel without any check, against which savings are counted. */
  public static final ExitModel LEGACY = SeedKernels.LINUX_3_19;

  /** What a kernel does while FRED is active (sheet 2.10). */
  public static final ExitModel FRED = LimitKernels.FRED;

  private static final List<ExitModel> ALL =
      List.of(
          SeedKernels.LINUX_3_19,
          SeedKernels.SEED,
          SeedKernels.LINUX_4_0,
          SeedKernels.LINUX_4_1,
          CanonicalKernels.LINUX_4_2,
          CanonicalKernels.LINUX_4_4,
          CanonicalKernels.LINUX_4_6,
          CanonicalKernels.LINUX_4_16,
          CanonicalKernels.LINUX_5_12,
          LimitKernels.LINUX_6_7,
          LimitKernels.LINUX_6_9,
          LimitKernels.FRED);

  private ExitModels() {}

  /** Every model of a real kernel, oldest first. */
  public static List<ExitModel> all() {
    return ALL;
  }

  /**
   * The model of that id, if there is one: a kernel's, or a kernel's under policies, as in {@code
   * seed+exec-hits}.
   */
  public static Optional<ExitModel> byId(String id) {
    String[] parts = id.split("\\" + Policy.SEPARATOR, -1);
    Optional<ExitModel> model = kernel(parts[0]);
    for (String policy : Arrays.asList(parts).subList(1, parts.length)) {
      model = model.filter(ExitModel::hasCheck).flatMap(it -> Policy.byId(policy).map(it::under));
    }
    return model;
  }

  private static Optional<ExitModel> kernel(String id) {
    return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
