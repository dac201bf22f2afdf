package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The launcher, in a home with a fake build that only notes its calls. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER =
      Path.of(System.getProperty("sample.traces")).resolveSibling("sysret-replay");

  private static final String BUILDING =
      "sysret-replay: building; the first time this fetches about 90 MB of libraries, in about a"
          + " minute.";

  private static final String BUILDING_FOR_SPARK =
      "sysret-replay: building the part for Spark; the first time this fetches about 250 MB more, in a"
          + " minute or two.";

  private static final String BUILD = "-B -Dquick -Dmaven.test.skip -pl analytics -am package";

  private static final String BUILD_FOR_SPARK =
      "-B -Dquick -Dmaven.test.skip -pl analytics/spark -am package";

  private static final List<String> MODULES = List.of("replay-emulator", "ingest", "analytics");
  private static final String SPARK = "analytics/spark";

  /** A fake mvnw; it is slow on request, so that two builds would overlap. */
  private static final String MVNW =
      """
      #!/bin/sh
      echo "$@" >>builds
      [ -e broken ] && { cat broken; exit 1; }
      echo "[INFO] Scanning for projects..."
      echo "Downloaded from central: https://repo.example/a.pom (1 kB at 2 kB/s)"
      echo "[INFO] Building ingest 0.1.0-SNAPSHOT                             [3/4]"
      echo "[INFO] Building jar: a.jar"
      [ ! -e slow ] || sleep 0.3
      while [ "$1" != -pl ]; do shift; done
      mkdir -p "$2/target/launch"
      printf '%s\\n' "-Dlauncher.test=true -Xshare:auto" >"$2/target/launch/java-options"
      cp class-path "$2/target/launch/class-path"
      echo analytics.jar >"$2/target/launch/jar"
      cp analytics.jar "$2/target/analytics.jar"
      """;

  /** A fake java that prints its arguments, and notes them beside itself if it may write there. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s\n' "$@"
      [ ! -w "$0" ] || echo "$@" >>"$(dirname "$0")/calls"
      exit 7
      """;

  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeAHomeWithBlanksInItsPath() throws IOException {
    home = Files.createDirectories(folder.resolve("my own/sysret replay"));
    Files.copy(LAUNCHER, home.resolve("sysret-replay"));
    Files.createFile(home.resolve("pom.xml"));
    for (String module : List.of("replay-emulator", "ingest", "analytics", SPARK)) {
      Files.createDirectories(home.resolve(module + "/src/main/java"));
      Files.createFile(source(module));
      Files.createFile(home.resolve(module + "/pom.xml"));
    }
    script(home.resolve("mvnw"), MVNW);
    script(folder.resolve("fake jdk/bin/java"), JAVA);
    Path library = Files.createFile(folder.resolve("a library.jar"));
    Files.writeString(home.resolve("class-path"), classPath() + ":" + library + "\n");
    try (OutputStream jar = Files.newOutputStream(home.resolve("analytics.jar"))) {
      new JarOutputStream(jar, new Manifest()).close();
    }
    makeOlder(home);
  }

  private Path source(String module) {
    return home.resolve(module + "/src/main/java/X.java");
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(it -> Files.exists(Path.of(it)))
        .collect(Collectors.joining(":"));
  }

  private static Path script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
    return file;
  }

  /** Sets files back in time, because a file system's clock may be coarse. */
  private static void makeOlder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(60)));
      }
    }
  }

  @Test
  void buildsOnceAndSaysSoAndThenOnlyRuns() throws Exception {
    Map<String, String> realJava = Map.of("JAVA_HOME", System.getProperty("java.home"));
    Result first = run(folder, realJava, launcher().toString(), "models");
    assertThat(first.errLines()).containsExactly(BUILDING);
    assertThat(first.exit()).isZero();
    assertThat(first.out()).startsWith(" id          checks  kernels\n linux-3.19 ");
    assertThat(builds()).containsExactly(BUILD);
    Result second = run(folder, realJava, launcher().toString(), "check", "a b*.data");
    assertThat(second.errLines())
        .containsExactly("sysret-replay: a b*.data: there is no such file; check the name.");
    assertThat(second.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildsThePartForSparkWhenAMasterIsNamed() throws Exception {
    assertThat(launch("report", "x").errLines()).containsExactly(BUILDING);
    Result first = launch("report", "x", "--master", "local[2]");
    assertThat(first.errLines()).containsExactly(BUILDING_FOR_SPARK);
    assertThat(first.exit()).isEqualTo(7);
    assertThat(builds()).containsExactly(BUILD, BUILD_FOR_SPARK);
    assertThat(classPathOf(first)).startsWith(home.toRealPath() + "/analytics/spark/target/");
    assertThat(archiveOf(first)).startsWith(home.toRealPath() + "/analytics/spark/target/");
    Result second = launch("report", "--master=yarn", "x");
    assertThat(second.err()).isEmpty();
    assertThat(classPathOf(second)).isEqualTo(classPathOf(first));
    Result without = launch("report", "x");
    assertThat(without.err()).isEmpty();
    assertThat(classPathOf(without)).startsWith(home.toRealPath() + "/analytics/target/");
    assertThat(archiveOf(without)).startsWith(home.toRealPath() + "/analytics/target/");
    assertThat(builds()).hasSize(2);
  }

  private static String classPathOf(Result result) {
    List<String> all = result.out().lines().toList();
    return all.get(all.indexOf("-cp") + 1);
  }

  private static String archiveOf(Result result) {
    String option = "-XX:SharedArchiveFile=";
    return result
        .out()
        .lines()
        .filter(it -> it.startsWith(option))
        .findFirst()
        .orElseThrow()
        .substring(option.length());
  }

  @Test
  void aMasterOfTheCommandThatIsRecordedIsNotOurs() throws Exception {
    Result result = launch("record", "--", "spark-submit", "--master", "yarn");
    assertThat(result.errLines()).containsExactly(BUILDING);
    assertThat(builds()).containsExactly(BUILD);
  }

  @Test
  void rehearsesWithWhatItWasBuiltFor() throws Exception {
    launch("models");
    launch("report", "x", "--master", "local[2]");
    String rehearsal =
        "org.sysretreplay.analytics.cli.Rehearsal "
            + home.toRealPath()
            + "/sample-traces/shell/perf.data ";
    List<String> calls =
        Files.readAllLines(folder.resolve("fake jdk/bin/calls")).stream()
            .filter(it -> it.contains("-XX:DumpLoadedClassList="))
            .toList();
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).contains(rehearsal).endsWith("/store");
    assertThat(calls.get(1)).contains(rehearsal).endsWith("/store --master local[*]");
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch("models");
    for (String module : MODULES) {
      touchLater(source(module));
      assertThat(launch("models").errLines()).as(module).containsExactly(BUILDING);
      makeOlder(home.resolve(module + "/src"));
    }
    assertThat(builds()).hasSize(4);
    assertThat(launch("models").err()).isEmpty();
  }

  @Test
  void buildsThePartForSparkAgainWhenAnySourceIsNewer() throws Exception {
    launch("replay", "--master", "x");
    for (String module : List.of("ingest", SPARK)) {
      touchLater(source(module));
      assertThat(launch("replay", "--master", "x").errLines())
          .as(module)
          .containsExactly(BUILDING_FOR_SPARK);
      makeOlder(home.resolve(module + "/src"));
    }
    launch("models");
    touchLater(source(SPARK));
    assertThat(launch("models").err()).as("nothing of that part is needed").isEmpty();
    assertThat(builds()).containsExactly(BUILD_FOR_SPARK, BUILD_FOR_SPARK, BUILD_FOR_SPARK, BUILD);
  }

  @Test
  void buildsAgainWhenAPomIsNewer() throws Exception {
    launch("models");
    for (String pom : List.of("pom.xml", "ingest/pom.xml")) {
      touchLater(home.resolve(pom));
      launch("models");
      makeOlder(home.resolve(pom));
    }
    assertThat(builds()).hasSize(3);
  }

  @Test
  void buildsAgainWhenASourceWasDeleted() throws Exception {
    launch("models");
    Files.delete(source("analytics"));
    touchLater(home.resolve("analytics/src/main/java"));
    launch("models");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenALibraryIsGone() throws Exception {
    launch("models");
    Files.delete(folder.resolve("a library.jar"));
    launch("models");
    assertThat(builds()).as("it has one of its own").hasSize(1);
    Files.createFile(folder.resolve("a library.jar"));
    Files.delete(home.resolve("analytics/target/launch/lib/a library.jar"));
    launch("models");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenItsOwnJarIsGone() throws Exception {
    launch("models");
    Files.delete(home.resolve("analytics/target/launch/lib/analytics.jar"));
    launch("models");
    assertThat(builds()).hasSize(2);
  }

  /** Maven writes its jars anew in their place. */
  @Test
  void whatRunsKeepsItsJarsWhileAnotherBuilds() throws Exception {
    Path own = Path.of(classPathOf(launch("models")).split(":")[0]);
    byte[] before = Files.readAllBytes(own);
    byte[] after = "another".getBytes(StandardCharsets.UTF_8);
    Files.write(home.resolve("analytics.jar"), after);
    touchLater(source("analytics"));
    try (InputStream running = Files.newInputStream(own)) {
      assertThat(launch("models").errLines()).containsExactly(BUILDING);
      assertThat(own).hasBinaryContent(after);
      assertThat(running.readAllBytes()).isEqualTo(before);
    }
    assertThat(Folders.content(own.getParent())).noneMatch(it -> it.endsWith(".new"));
  }

  @Test
  void buildsAgainWhereTheHomeWasMovedTo() throws Exception {
    launch("models");
    home = Files.move(home, folder.resolve("elsewhere"));
    assertThat(launch("models").errLines()).containsExactly(BUILDING);
    assertThat(builds()).hasSize(2);
    assertThat(launch("models").err()).isEmpty();
  }

  @Test
  void runsThroughSymbolicLinksFromAnyFolder() throws Exception {
    launch("models");
    Path bin = Files.createDirectories(folder.resolve("some bin"));
    Path absolute =
        Files.createSymbolicLink(bin.resolve("absolute"), home.resolve("sysret-replay"));
    Path relative =
        Files.createSymbolicLink(
            bin.resolve("relative"), Path.of("../my own/sysret replay/sysret-replay"));
    Path chained = Files.createSymbolicLink(bin.resolve("chained"), Path.of("relative"));
    for (Path link : List.of(absolute, relative, chained)) {
      Result result = run(folder, fakeJava(), link.toString(), "models");
      assertThat(result.err()).as(link.toString()).isEmpty();
      assertThat(result.exit()).as(link.toString()).isEqualTo(7);
    }
    assertThat(run(bin, fakeJava(), "./chained", "models").exit()).isEqualTo(7);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void showsOnATerminalHowFarTheBuildIs() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "there is no terminal to be had");
    String shown =
        run(folder, fakeJava(), "script", "-qec", "'" + launcher() + "' models", "/dev/null").out();
    assertThat(shown)
        .contains(BUILDING)
        .containsSubsequence(
            "\r\033[Ksysret-replay: looking for what there is to build; files fetched: 1\r\033[K",
            "sysret-replay: building ingest, 3 of 4; files fetched: 1\r\033[K",
            "sysret-replay: keeping its classes for a fast start\r\033[K-")
        .doesNotContain("[INFO]");
    assertThat(
            run(folder, fakeJava(), "script", "-qec", "'" + launcher() + "' models", "/dev/null")
                .out())
        .doesNotContain("\033");
  }

  @Test
  void showsWhatWentWrongFirstInABuild() throws Exception {
    Files.writeString(
        home.resolve("broken"),
        "[INFO] Scanning for projects...\n[ERROR] X.java:1: no such class\n"
            + "[ERROR] some hints\n".repeat(30));
    List<String> lines = launch("models").errLines();
    assertThat(lines)
        .startsWith(
            BUILDING,
            "sysret-replay: the build failed:",
            "[ERROR] X.java:1: no such class",
            "[ERROR] some hints");
    assertThat(lines).hasSize(23);
    Path log = Path.of(lines.get(22).replaceAll(".* is (.*)\\.", "$1"));
    assertThat(log).hasSameTextualContentAs(home.resolve("broken"));
    Files.delete(log);
  }

  @Test
  void showsTheEndOfAFailedBuildAndKeepsItsLog() throws Exception {
    Files.writeString(home.resolve("broken"), "no compiler here\n");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Result result = launchWithTemporaryFilesIn(temporary);
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    List<String> left = Folders.content(temporary);
    assertThat(left).hasSize(1);
    assertThat(result.errLines())
        .containsExactly(
            BUILDING,
            "sysret-replay: the build failed:",
            "no compiler here",
            "sysret-replay: the whole log is " + temporary.resolve(left.get(0)) + ".");
    Files.delete(home.resolve("broken"));
    assertThat(launch("models").exit()).isEqualTo(7);
  }

  @Test
  void leavesNoTemporaryFileBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    launchWithTemporaryFilesIn(temporary);
    assertThat(Folders.content(temporary)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, 11", "1.8.0_392, 8"})
  void refusesAJavaThatIsTooOld(String version, String number) throws Exception {
    Path java = script(folder.resolve("old jdk/bin/java"), JAVA);
    Files.writeString(
        folder.resolve("old jdk/release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\nJAVA_VERSION_DATE=\"2019-01-15\"\n"
            .formatted(version));
    Result result =
        run(
            folder,
            Map.of("JAVA_HOME", folder.resolve("old jdk").toString()),
            launcher().toString(),
            "models");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: %s is Java %s; install a JDK, 17 or later, or let JAVA_HOME name one."
                .formatted(java, number));
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(builds()).isEmpty();
  }

  @Test
  void refusesAHomeOfJavaThatIsNone() throws Exception {
    Result result =
        run(folder, Map.of("JAVA_HOME", "/no/such/jdk"), launcher().toString(), "models");
    assertNoJava("/no/such/jdk/bin/java cannot be run", result);
  }

  @Test
  void saysThatThereIsNoJavaAtAll() throws Exception {
    Path bin = folder.resolve("bin");
    for (String tool : List.of("sh", "readlink", "dirname", "cat")) {
      script(bin.resolve(tool), "#!/bin/sh\nexec /bin/%s \"$@\"\n".formatted(tool));
    }
    Map<String, String> nothing = new TreeMap<>();
    nothing.put("JAVA_HOME", "");
    nothing.put("PATH", bin.toString());
    assertNoJava("no Java found", run(folder, nothing, launcher().toString(), "models"));
  }

  private void assertNoJava(String why, Result result) throws IOException {
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: " + why + "; install a JDK, 17 or later, or let JAVA_HOME name one.");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(builds()).isEmpty();
  }

  @Test
  void passesArgumentsOnAsTheyAreAndTheExitCodeBack() throws Exception {
    String[] arguments = {"check", "a b*.data", "it's \"quoted\"", "$HOME `x` \\n", "*", "", "é"};
    Result result = launch(arguments);
    assertThat(result.exit()).isEqualTo(7);
    List<String> all = result.out().lines().toList();
    int main = all.indexOf("org.sysretreplay.analytics.cli.Main");
    assertThat(all.subList(main + 1, all.size())).containsExactly(arguments);
    assertThat(all).containsSubsequence("-Dlauncher.test=true", "-Xshare:auto", "-cp");
    assertThat(all.get(all.indexOf("-cp") + 1))
        .startsWith(home.toRealPath() + "/analytics/target/launch/lib/analytics.jar:")
        .endsWith("/analytics/target/launch/lib/a library.jar");
  }

  @Test
  void tellsWhereTemporaryFilesMayBe() throws Exception {
    launch("models");
    Map<String, String> environment = new TreeMap<>(fakeJava());
    for (String place : List.of(folder.toString(), folder.resolve("none").toString())) {
      environment.put("TMPDIR", place);
      assertThat(run(home, environment, "./sysret-replay", "models").out().lines())
          .contains("-Djava.io.tmpdir=" + (place.endsWith("none") ? "/tmp" : place));
    }
  }

  @Test
  void buildsWhereTheFolderForTemporaryFilesIsGone() throws Exception {
    Result result = launchWithTemporaryFilesIn(folder.resolve("none"));
    assertThat(result.errLines()).containsExactly(BUILDING);
    assertThat(result.exit()).isEqualTo(7);
    assertThat(builds()).containsExactly(BUILD);
  }

  @Test
  void saysWhereNothingTemporaryCanBeWritten() throws Exception {
    script(folder.resolve("bin/mktemp"), "#!/bin/sh\necho 'mktemp: no' >&2\nexit 1\n");
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("TMPDIR", folder.toString());
    Result result = run(folder, environment, launcher().toString(), "models");
    assertThat(result.errLines())
        .containsExactly(
            BUILDING,
            "sysret-replay: "
                + folder
                + ": nothing can be written there, which a build has to; let TMPDIR name a folder.");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(builds()).isEmpty();
  }

  @Test
  void tellsHowItWasCalledAndTheLocaleOfTheUser() throws Exception {
    launch("models");
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.put("LC_ALL", "de_DE@euro");
    Result result = run(home, environment, "./sysret-replay", "record", "ls");
    assertThat(result.out().lines())
        .contains("-Dsysret-replay.launcher=./sysret-replay", "-Dsysret-replay.lc-all=de_DE@euro");
    environment.put("LC_ALL", "");
    assertThat(run(home, environment, "./sysret-replay", "record", "ls").out().lines())
        .contains("-Dsysret-replay.lc-all=");
  }

  /** The options that say what standard output is, where that is a terminal of 132 columns. */
  private List<String> onATerminal(String term, String noColour, String columns) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script makes terminals");
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.putAll(Map.of("TERM", term, "NO_COLOR", noColour, "COLUMNS", columns));
    String line = "stty cols 132; ./sysret-replay models";
    return screen(run(home, environment, "/usr/bin/script", "-qc", line, "/dev/null"));
  }

  private static List<String> screen(Result result) {
    return result
        .out()
        .lines()
        .filter(it -> it.matches("-Dsysret-replay\\.(shown|columns|colour)=.*"))
        .map(it -> it.replace("-Dsysret-replay.", ""))
        .toList();
  }

  @Test
  void tellsHowWideATerminalIsAndWhetherColoursShow() throws Exception {
    assertThat(screen(launch("models")))
        .containsExactly("shown=false", "columns=0", "colour=false");
    assertThat(onATerminal("xterm", "", ""))
        .containsExactly("shown=true", "columns=132", "colour=true");
    assertThat(onATerminal("xterm", "1", "77"))
        .containsExactly("shown=true", "columns=77", "colour=false");
    assertThat(onATerminal("dumb", "", "wide"))
        .containsExactly("shown=true", "columns=0", "colour=false");
  }

  /** Java does not start with two. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
  void leavesTheCollectorToTheUserWhoNamesOne(String variable) throws Exception {
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.put(variable, "-Xmx1g -XX:+UseG1GC");
    Result result = run(folder, environment, launcher().toString(), "models");
    assertThat(result.out()).doesNotContain("-XX:+UseSerialGC", "-Xmn");
  }

  @Test
  void takesTheFasterCollectorForSparkAndWhereThereIsMuchToDo() throws Exception {
    for (String command : EngineOptionsTest.commands().map(it -> it.get(0)).toList()) {
      assertThat(launch(command, "--master", "local[2]").out().lines())
          .as(command)
          .contains("-XX:+UseParallelGC");
    }
    assertThat(launch("generate", "x").out().lines()).contains("-XX:+UseParallelGC");
    for (String command : List.of("record", "check", "explain", "ingest")) {
      assertThat(launch(command, "report").out().lines()).as(command).contains("-XX:+UseSerialGC");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "check, perf.data, 3073, 4, false",
    "report, perf.data, 3071, 4, true",
    "ingest, perf.script, 513, 4, true",
    "ingest, perf.script, 511, 1, false",
    "report --master local[2], perf.data, 513, 4, false",
    "report --master=local[2], perf.data, 511, 1, false",
    "report, part.parquet, 4000, 1, false",
    "generate, profile.json, 1, 4, false",
    "record --, perf.data, 4000, 1, false",
    "models, none, 1, 1, false"
  })
  void takesTheSecondCompilerWhereThereIsMuchToRead(
      String command, String name, int megabytes, int level, boolean cheaply) throws Exception {
    Path input = Files.createDirectories(folder.resolve("a folder/inner")).resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(input.toFile(), "rw")) {
      sparse.setLength((long) megabytes << 20);
    }
    for (Path argument : List.of(input, folder.resolve("a folder"))) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--quiet", argument.toString()));
      List<String> options = launch(arguments.toArray(String[]::new)).out().lines().toList();
      assertThat(options).contains("-XX:TieredStopAtLevel=" + level);
      assertThat(options.contains("-XX:LoopUnrollLimit=0")).isEqualTo(cheaply);
      assertThat(options.contains("-XX:FreqInlineSize=60")).isEqualTo(cheaply);
    }
  }

  @Test
  void takesJarsOfTheUsersOntoTheClassPathBehindItsOwn() throws Exception {
    String own = classPathOf(launch("models"));
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.put("SYSRET_REPLAY_CLASSPATH", "/opt/a jar.jar:/opt/*");
    assertThat(classPathOf(run(folder, environment, launcher().toString(), "models")))
        .isEqualTo(own + ":/opt/a jar.jar:/opt/*");
    environment.put("SYSRET_REPLAY_CLASSPATH", "");
    assertThat(classPathOf(run(folder, environment, launcher().toString(), "models")))
        .isEqualTo(own);
  }

  /** Launches as a user who may not write there, even if root runs the test. */
  private Result launchAsNobody(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.isWritable(home)) {
      assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root may write everywhere");
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    return run(home, fakeJava(), command.toArray(String[]::new));
  }

  private void forbidToWrite() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  @AfterEach
  void allowToDelete() throws IOException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void saysThatItHasToBeBuiltToWhoMayNotWriteThere() throws Exception {
    forbidToWrite();
    Result result = launchAsNobody("models");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: "
                + home.toRealPath()
                + " has to be built, and you may not write there; clone a copy of your own.");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(builds()).isEmpty();
  }

  @Test
  void runsWhatOthersBuiltForWhoMayNotWriteThere() throws Exception {
    // The Maven repository of the user who built it may be unreadable to others.
    Path repository = Files.createDirectory(folder.resolve("repository"));
    Path library = Files.createFile(repository.resolve("b.jar"));
    Files.writeString(home.resolve("class-path"), library + "\n");
    launch("models");
    // Whoever calls Maven itself has it written anew where the libraries are.
    Files.writeString(home.resolve("analytics/target/launch/class-path"), library + "\n");
    Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("---------"));
    forbidToWrite();
    Result result = launchAsNobody("models");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(7);
    assertThat(launchAsNobody("report", "x", "--master", "yarn").errLines())
        .singleElement()
        .asString()
        .endsWith(" has to be built, and you may not write there; clone a copy of your own.");
    assertThat(builds()).containsExactly(BUILD);
  }

  @Test
  void buildsOnceWhenCalledTwiceAtTheSameTime() throws Exception {
    Files.createFile(home.resolve("slow"));
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(start(folder, fakeJava(), launcher().toString(), "models"));
    }
    for (Process process : both) {
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(7);
    }
    assertThat(builds()).hasSize(1);
  }

  @Test
  void saysThatItWaitsForAnotherBuild() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/flock")), "nothing can be locked");
    Path lock = Files.createDirectories(home.resolve("analytics/target")).resolve(".building");
    Process other =
        start(folder, Map.of(), "flock", lock.toString(), "sh", "-c", "echo locked; exec cat");
    assertThat(other.inputReader().readLine()).isEqualTo("locked");
    Process waiting = start(folder, fakeJava(), launcher().toString(), "models");
    assertThat(waiting.errorReader().readLine())
        .isEqualTo("sysret-replay: waiting for another build in " + home.toRealPath() + ".");
    assertThat(builds()).isEmpty();
    other.getOutputStream().close();
    assertThat(waiting.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(waiting.exitValue()).isEqualTo(7);
    assertThat(waiting.errorReader().lines()).containsExactly(BUILDING);
    assertThat(builds()).containsExactly(BUILD);
  }

  @Test
  void saysWhereJavaCannotFindItsClasses() throws Exception {
    home = Files.move(home, folder.resolve("at 12:30"));
    Result result = launch("models");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: "
                + home.toRealPath()
                + ": Java takes a colon for the end of a name on its class path; move it to a"
                + " path without one.");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(builds()).isEmpty();
  }

  private Path launcher() {
    return home.resolve("sysret-replay");
  }

  private Map<String, String> fakeJava() {
    return Map.of("JAVA_HOME", folder.resolve("fake jdk").toString());
  }

  private List<String> builds() throws IOException {
    Path log = home.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static void touchLater(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private Result launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return run(folder, fakeJava(), command.toArray(String[]::new));
  }

  private Result launchWithTemporaryFilesIn(Path temporary) throws Exception {
    Map<String, String> environment = new TreeMap<>(fakeJava());
    environment.put("TMPDIR", temporary.toString());
    return run(folder, environment, launcher().toString(), "models");
  }

  private static Result run(Path from, Map<String, String> environment, String... command)
      throws Exception {
    Process process = start(from, environment, command);
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The output of these commands is short enough to wait in the pipe. */
  private static Process start(Path from, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
