package org.sysretreplay.notebooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.sysretreplay.notebooks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule roomsHaveNoCycle =
      slices().matching("org.sysretreplay.notebooks.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyOneRoomKnowsJupyter =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sysretreplay.notebooks.jupyter")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.rapaio..", "org.sysretreplay.notebooks.jupyter");

  @ArchTest
  static final ArchRule onlyOneRoomKnowsZeppelin =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sysretreplay.notebooks.zeppelin")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.zeppelin..", "org.sysretreplay.notebooks.zeppelin");

  /**
   * The code that starts the server must not need Zeppelin's classes, which are not on its class
   * path.
   */
  @ArchTest
  static final ArchRule whatStartsZeppelinIsNotMadeFromIt =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("Zeppelin")
          .or()
          .haveSimpleName("InterpreterSetting")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.zeppelin..");
}
