package org.sysretreplay.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching("org.sysretreplay.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyThisModuleKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sysretreplay.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.sysretreplay.spark..");

  @ArchTest
  static final ArchRule theFaceDoesNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage("org.sysretreplay.spark")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sysretreplay.analytics.cli..");

  @ArchTest
  static final ArchRule theEngineKnowsNeitherTheCommandLineNorReports =
      noClasses()
          .that()
          .resideInAPackage("org.sysretreplay.spark.engine")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.sysretreplay.analytics.cli..", "org.sysretreplay.analytics.report..");
}
