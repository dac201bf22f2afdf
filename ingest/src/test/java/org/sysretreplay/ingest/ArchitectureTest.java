package org.sysretreplay.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.sysretreplay.ingest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String SPARK = "org.sysretreplay.ingest.spark..";
  private static final String STORE = "org.sysretreplay.ingest.store..";

  @ArchTest
  static final ArchRule theReadersNeedTheEmulatorJacksonAndZstd =
      classes()
          .that()
          .resideOutsideOfPackages(SPARK, STORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.sysretreplay.emulator..",
              "org.sysretreplay.ingest..",
              "com.fasterxml.jackson.core..",
              "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule theFilesOfTheStoreNeedTheEmulatorAndParquet =
      classes()
          .that()
          .resideInAPackage(STORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.sysretreplay.emulator..",
              "org.sysretreplay.ingest",
              STORE,
              "com.github.luben.zstd..",
              "org.apache.parquet..",
              "org.apache.hadoop..");

  @ArchTest
  static final ArchRule onlyThePackageNamedSparkKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", SPARK);

  @ArchTest
  static final ArchRule perfDataStandsAlone = standsAlone("perfdata", "perfscript", "jsonl");

  @ArchTest
  static final ArchRule perfScriptStandsAlone = standsAlone("perfscript", "perfdata", "jsonl");

  @ArchTest
  static final ArchRule jsonLinesStandAlone = standsAlone("jsonl", "perfdata", "perfscript");

  private static ArchRule standsAlone(String format, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("org.sysretreplay.ingest." + format)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.sysretreplay.ingest." + others[0], "org.sysretreplay.ingest." + others[1], SPARK);
  }
}
