package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ten running kernels really did, against what their models say: every exit, its outcome, its
 * first failing check and that check's place in the order. None is left out.
 *
 * <p>{@code -Dkernels.folder=DIR} takes the rows of other files of the same columns, plain or
 * packed, in place of those of the project.
 */
class RunningKernelsTest {

  /** The files of the project, and how many exits each holds. */
  private static final Map<String, Integer> FILES = new LinkedHashMap<>();

  static {
    FILES.put("3.19.8", 879);
    FILES.put("preseed", 737);
    FILES.put("seed", 793);
    FILES.put("4.0.4", 896);
    FILES.put("4.1.5", 896);
    FILES.put("4.4.1", 814);
    FILES.put("4.14.5", 779);
    FILES.put("5.10", 771);
    FILES.put("6.12", 732);
    FILES.put("6.12-la57", 450);
    FILES.put("7.3", 749);
  }

  private static final String FOLDER = System.getProperty("kernels.folder", "");

  private static final Map<String, List<ObservedExit>> EXITS = read();

  private static Map<String, List<ObservedExit>> read() {
    Map<String, List<ObservedExit>> exits = new LinkedHashMap<>();
    try {
      if (!FOLDER.isEmpty()) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(FOLDER), "*.csv*")) {
          for (Path file : files) {
            exits.put(file.getFileName().toString(), read(file.toString(), open(file)));
          }
        }
        return exits;
      }
      for (String file : FILES.keySet()) {
        String name = "kernels/" + file + ".csv.gz";
        exits.put(
            file,
            read(name, new GZIPInputStream(RunningKernelsTest.class.getResourceAsStream(name))));
      }
      return exits;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static List<ObservedExit> read(String name, InputStream from) throws IOException {
    try (InputStream in = from) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ObservedExit.parse(name, text.lines().toList());
    }
  }

  static Stream<String> files() {
    return EXITS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyExitTookTheWayThatItsModelSays(String file) {
    List<ObservedExit> exits = EXITS.get(file);

    List<String> disagreements =
        exits.stream().map(RunningKernelsTest::disagreement).flatMap(Optional::stream).toList();

    assertThat(disagreements).isEmpty();
    System.out.println(line(file, exits, exits.size() - disagreements.size()));
  }

  /** The guest's programs asked for such addresses, and none ever ran there. */
  @ParameterizedTest
  @MethodSource("files")
  void noExitShowsA5LevelMachineOrAXenGuest(String file) {
    assertThat(EXITS.get(file))
        .allSatisfy(
            it ->
                assertThat(MachineSign.of(Exit.of(it.path(), it.registers()), Stage.FINAL))
                    .isEmpty());
  }

  /** What is wrong with the verdict on an exit, if anything is. */
  private static Optional<String> disagreement(ObservedExit exit) {
    Verdict verdict = verdict(exit);
    boolean agrees = agrees(exit, verdict) && isInPlace(exit);
    return agrees
        ? Optional.empty()
        : Optional.of(
            "%s%n  as %s on %s is %s"
                .formatted(exit.place(), exit.path(), exit.machine(), verdict));
  }

  private static Verdict verdict(ObservedExit exit) {
    return model(exit).judge(Exit.of(exit.path(), exit.registers()), exit.machine());
  }

  private static ExitModel model(ObservedExit exit) {
    return ExitModels.byId(exit.model()).orElseThrow();
  }

  private static boolean agrees(ObservedExit exit, Verdict verdict) {
    Outcome outcome = verdict.outcome();
    boolean sameMiss = verdict.firstMiss().equals(exit.firstMiss());
    return switch (exit.actual()) {
      case "SYSRET" -> outcome == (exit.isChecked() ? Outcome.SYSRET : Outcome.FAST_SYSRET);
      case "IRET" ->
          exit.isChecked()
              ? outcome == Outcome.IRET_MISS && sameMiss
              : outcome == Outcome.IRET_ROUTE && (verdict.doubt().isEmpty() || isOf32BitCode(exit));
      case "SYSRETL" -> outcome == Outcome.IRET_ROUTE && verdict.doubt().isPresent();
      case "SYSEXIT" ->
          outcome == Outcome.IRET_ROUTE
              && verdict.doubt().isPresent()
              && Set.of("linux-3.19", "seed", "linux-4.0").contains(exit.model());
      default -> false;
    };
  }

  private static boolean isOf32BitCode(ObservedExit exit) {
    return exit.path() == EntryPath.COMPAT || exit.path() == EntryPath.COMPAT_EXIT_WORK;
  }

  /** The kernel numbers its tests: RF and TF are one test, and Xen PV is no test of the frame. */
  private static boolean isInPlace(ObservedExit exit) {
    List<MissReason> order =
        model(exit).checks().stream()
            .map(Check::reason)
            .filter(it -> it != MissReason.XEN_PV_GUEST && it != MissReason.TF_SET)
            .toList();
    OptionalLong place =
        exit.firstMiss().isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                1 + order.indexOf(exit.firstMiss().map(RunningKernelsTest::asOneTest).get()));
    return place.equals(exit.numberOfFirstMiss());
  }

  private static MissReason asOneTest(MissReason reason) {
    return reason == MissReason.TF_SET ? MissReason.RF_SET : reason;
  }

  private static String line(String file, List<ObservedExit> exits, int agree) {
    Map<String, Integer> ways = new TreeMap<>();
    exits.forEach(
        it ->
            ways.merge(
                it.actual() + (it.isChecked() ? " checked" : " unchecked"), 1, Integer::sum));
    return "%s: %,d of %,d exits agree with %s; %s"
        .formatted(file, agree, exits.size(), exits.get(0).model(), ways);
  }

  /** The model that a release number leads to is the one that judged it. */
  @ParameterizedTest
  @MethodSource("files")
  void theReleaseLeadsToTheModel(String file) {
    for (ObservedExit exit : EXITS.get(file)) {
      KernelRelease.parse(exit.kernel())
          .ifPresent(it -> assertThat(it.model().id()).isEqualTo(exit.model()));
    }
  }

  /** Guards the fixture: nothing was lost from it, and it shows what it is there for. */
  @Test
  void theProjectsExitsAreAllThereAndShowEveryWayBackThatMatters() {
    if (!FOLDER.isEmpty()) {
      return;
    }
    FILES.forEach((file, exits) -> assertThat(EXITS.get(file)).as(file).hasSize(exits));
    assertThat(all(it -> !it.isUnderstood())).isEmpty();
    Map<EntryPath, Integer> ways = new EnumMap<>(EntryPath.class);
    all(it -> true).forEach(it -> ways.merge(it.path(), 1, Integer::sum));
    System.out.println("%,d exits of ten kernels: %s".formatted(all(it -> true).size(), ways));
    // Tracing, seccomp and audit are facts of the machine, and leave the call its own way back.
    assertThat(ways.keySet())
        .isEqualTo(
            EnumSet.complementOf(
                EnumSet.of(Work.TRACING.path(), Work.SECCOMP.path(), Work.AUDIT.path())));
  }

  /** The calls that one kernel diverts by their number, and another returns on its fast path. */
  @Test
  void whatIsDivertedByItsNumberIsAmongTheExits() {
    if (!FOLDER.isEmpty()) {
      return;
    }
    for (String model : List.of("linux-3.19", "seed", "linux-4.6")) {
      assertThat(all(it -> isUntracedAndDiverted(it, model))).as(model).isNotEmpty();
    }
    for (String model : List.of("seed", "linux-4.0", "linux-4.1", "linux-4.4")) {
      assertThat(
              all(
                  it ->
                      it.model().equals(model)
                          && it.path() == EntryPath.SYSCALL_FULL_FRAME
                          && verdict(it).outcome() == Outcome.FAST_SYSRET))
          .as(model)
          .isNotEmpty();
    }
  }

  /** MODELS.md has a row for each file, and a sum. */
  @Tag("exhaustive")
  @Test
  void theDocumentHasTheseFigures() throws IOException {
    if (!FOLDER.isEmpty()) {
      return;
    }
    String document = Files.readString(Path.of("MODELS.md"));
    EXITS.forEach((file, exits) -> assertThat(document).as(file).contains(figures(exits)));
    assertThat(document).contains(figures(all(it -> true)));
  }

  private static String figures(List<ObservedExit> exits) {
    return "| %,d | %,d | %,d | %,d | %,d | %,d | %,d |"
        .formatted(
            exits.size(),
            count(exits, "SYSRET", true),
            count(exits, "IRET", true),
            count(exits, "SYSRET", false),
            count(exits, "IRET", false),
            count(exits, "SYSRETL", false) + count(exits, "SYSEXIT", false),
            exits.stream().filter(it -> disagreement(it).isEmpty()).count());
  }

  private static long count(List<ObservedExit> exits, String actual, boolean checked) {
    return exits.stream()
        .filter(it -> it.actual().equals(actual) && it.isChecked() == checked)
        .count();
  }

  private static boolean isUntracedAndDiverted(ObservedExit exit, String model) {
    return exit.model().equals(model)
        && exit.isDiverted()
        && exit.path().isPlainSyscall()
        && exit.machine().work().isEmpty();
  }

  private static List<ObservedExit> all(Predicate<ObservedExit> those) {
    List<ObservedExit> all = new ArrayList<>();
    EXITS.values().forEach(all::addAll);
    return all.stream().filter(those).toList();
  }
}
