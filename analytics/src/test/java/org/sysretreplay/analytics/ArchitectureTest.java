package org.sysretreplay.analytics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.sysretreplay.analytics",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String TOP = "org.sysretreplay.analytics";
  private static final String REPORT = TOP + ".report";
  private static final String CLI = TOP + ".cli";
  private static final String SPARK = TOP + ".spark";

  @ArchTest
  static final ArchRule onlyThePackageNamedSparkKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.sysretreplay.ingest.spark..");

  @ArchTest
  static final ArchRule theDomainKnowsNothingOfItsUsers =
      noClasses()
          .that()
          .resideInAPackage(TOP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(REPORT, CLI, SPARK);

  @ArchTest
  static final ArchRule reportsKnowNeitherTheCommandLineNorSpark =
      noClasses()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, SPARK);

  @ArchTest
  static final ArchRule sparkKnowsNeitherTheCommandLineNorReports =
      noClasses()
          .that()
          .resideInAPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, REPORT);

  @ArchTest
  static final ArchRule quickCommandsStartNoSpark =
      noClasses()
          .that()
          .haveSimpleName("CheckCommand")
          .or()
          .haveSimpleName("ExplainCommand")
          .or()
          .haveSimpleName("ModelsCommand")
          .or()
          .haveSimpleName("RecordCommand")
          .should()
          .transitivelyDependOnClassesThat(resideInAPackage(SPARK));
}
