package org.sysretreplay.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sysretreplay.emulator.Internal;

@AnalyzeClasses(
    packages = "org.sysretreplay.ingest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String TOP = "org.sysretreplay.ingest.";

  /** The rooms that a room may use. Those that they may use, it may use too. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("trace", List.of()),
          Map.entry("flow", List.of("trace")),
          Map.entry("sample", List.of("trace")),
          Map.entry("assembly", List.of("sample")),
          Map.entry("text", List.of("flow", "assembly")),
          Map.entry("perfdata", List.of("flow", "assembly")),
          Map.entry("perfscript", List.of("text")),
          Map.entry("ftrace", List.of("text")),
          Map.entry("jsonl", List.of("text")),
          Map.entry("files", List.of("trace")),
          Map.entry("columnar", List.of("files")),
          Map.entry("frames", List.of("columnar")),
          Map.entry("parquet", List.of("frames", "assembly")),
          Map.entry("source", List.of("perfdata", "perfscript", "ftrace", "jsonl", "parquet")),
          Map.entry("redact", List.of("trace")),
          Map.entry("store", List.of("source", "redact")),
          Map.entry("generate", List.of("store")));

  @ArchTest
  static final ArchRule noRoomsUseEachOther =
      slices().matching(TOP + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static void everyRoomUsesOnlyTheRoomsBelowIt(JavaClasses all) {
    ROOMS.forEach((room, uses) -> mayUse(room, uses).check(all));
  }

  @ArchTest
  static void everyRoomSaysThatItIsInternal(JavaClasses all) {
    all.forEach(
        it ->
            assertThat(it.getPackage().isAnnotatedWith(Internal.class)).as(it.getName()).isTrue());
  }

  @ArchTest
  static void everyClassIsInARoom(JavaClasses all) {
    Set<String> rooms = new TreeSet<>();
    all.forEach(it -> rooms.add(it.getPackageName().substring(TOP.length())));
    assertThat(rooms).isEqualTo(new TreeSet<>(ROOMS.keySet()));
  }

  private static ArchRule mayUse(String room, List<String> uses) {
    Set<String> below = new TreeSet<>(Set.of(room));
    uses.forEach(it -> addAll(it, below));
    List<String> packages = new ArrayList<>(below.stream().map(TOP::concat).toList());
    packages.add("org.sysretreplay.emulator..");
    return classes()
        .that()
        .resideInAPackage(TOP + room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(join(packages, LIBRARIES));
  }

  private static void addAll(String room, Set<String> to) {
    to.add(room);
    ROOMS.get(room).forEach(it -> addAll(it, to));
  }

  private static final List<String> LIBRARIES =
      List.of(
          "java..",
          "javax.crypto..",
          "com.fasterxml.jackson..",
          "com.github.luben.zstd..",
          "org.tukaani.xz..",
          "org.apache.parquet..",
          "org.apache.hadoop..");

  private static String[] join(List<String> left, List<String> right) {
    List<String> both = new ArrayList<>(left);
    both.addAll(right);
    return both.toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule onlyTheRoomsOfColumnsKnowParquetAndHadoop =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              TOP + "files", TOP + "columnar", TOP + "frames", TOP + "parquet", TOP + "store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..");
}
