package org.sysretreplay.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.TreeSet;

@AnalyzeClasses(
    packages = "org.sysretreplay",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoJarsOfTests.class})
class ArchitectureTest {

  /** Leaves out the jars of tests that modules share with each other. */
  static final class NoJarsOfTests implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String EMULATOR = "org.sysretreplay.emulator..";
  private static final String INGEST = "org.sysretreplay.ingest..";
  private static final String TOP = "org.sysretreplay.analytics";
  private static final String COUNT = TOP + ".count";
  private static final String BPF = TOP + ".bpf";
  private static final String VERDICT = TOP + ".verdict";
  private static final String REPORT = TOP + ".report";
  private static final String CHART = TOP + ".chart";
  private static final String PAGE = TOP + ".page";
  private static final String CHOICE = TOP + ".choice";
  private static final String LISTING = TOP + ".listing";
  private static final String CLI = TOP + ".cli";

  /** Every package of this module, the top one included. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass it) {
          return it.getPackageName().startsWith(TOP)
              ? SliceIdentifier.of(it.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "packages of analytics";
        }
      };

  @ArchTest
  static final ArchRule noPackagesUseEachOther =
      slices().assignedFrom(PACKAGES).should().beFreeOfCycles();

  @ArchTest
  static void everyPackageHasItsRule(JavaClasses all) {
    Set<String> packages = new TreeSet<>();
    all.forEach(
        it -> {
          if (it.getPackageName().startsWith(TOP)) {
            packages.add(it.getPackageName());
          }
        });
    assertThat(packages)
        .containsExactlyInAnyOrder(
            TOP, BPF, CHART, COUNT, VERDICT, REPORT, PAGE, CHOICE, LISTING, CLI);
  }

  @ArchTest
  static final ArchRule countKnowsOnlyTheEmulatorAndIngest =
      classes()
          .that()
          .resideInAPackage(COUNT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(COUNT, EMULATOR, INGEST, "java..", "org.apache.parquet..");

  @ArchTest
  static final ArchRule countingInTheKernelKnowsNobodyWhoAsksForIt =
      classes()
          .that()
          .resideInAPackage(BPF)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              BPF, EMULATOR, "org.sysretreplay.ingest.jsonl", "java..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule chartsKnowNothingOfWhatTheyShow =
      classes()
          .that()
          .resideInAPackage(CHART)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              CHART,
              EMULATOR,
              "org.sysretreplay.ingest.trace",
              "java..",
              "kotlin..",
              "org.jetbrains.letsPlot..");

  @ArchTest
  static final ArchRule theEngineKnowsNothingOfItsUsers =
      noClasses()
          .that()
          .resideInAPackage(TOP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BPF, VERDICT, REPORT, PAGE, CHOICE, LISTING, CLI);

  @ArchTest
  static final ArchRule verdictsKnowNeitherTheCommandLineNorReports =
      noClasses()
          .that()
          .resideInAPackage(VERDICT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, LISTING, REPORT);

  @ArchTest
  static final ArchRule reportsKnowNeitherTheCommandLineNorVerdicts =
      noClasses()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CHOICE, CLI, LISTING, VERDICT);

  @ArchTest
  static final ArchRule pagesKnowReportsAndNobodyWhoAsksForThem =
      noClasses()
          .that()
          .resideInAPackage(PAGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CHOICE, CLI, LISTING, VERDICT);

  @ArchTest
  static final ArchRule choicesKnowNeitherTheCommandLineNorVerdicts =
      noClasses()
          .that()
          .resideInAPackage(CHOICE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, LISTING, VERDICT);

  @ArchTest
  static final ArchRule listsDoNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage(LISTING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  @ArchTest
  static final ArchRule nothingKnowsSpark =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.sysretreplay.spark..");

  /** All output for people passes through {@code Printable}. */
  @ArchTest
  static final ArchRule onlyOutputAndMessagesWriteToTheTerminal =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .and()
          .haveNameNotMatching(CLI + "\\.(Cli|Main|Rehearsal|Output|Messages|Printable\\w+)")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(PrintWriter|PrintStream)")
          .orShould()
          .callMethod("picocli.CommandLine", "getOut")
          .orShould()
          .callMethod("picocli.CommandLine", "getErr");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule everyCsvIsWrittenInOnePlace =
      noClasses()
          .that()
          .haveNameNotMatching(REPORT + "\\.CsvCells.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.csv..");
}
