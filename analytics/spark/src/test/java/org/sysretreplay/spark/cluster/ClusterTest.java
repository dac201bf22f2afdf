package org.sysretreplay.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sysretreplay.spark.cluster.CommandLine.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.spark.cluster.CommandLine.Result;
import org.sysretreplay.spark.cluster.CommandLine.Running;

/** The command line on a cluster against the local engine, also when parts of the cluster fail. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class ClusterTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  /** The port tcpmux, where nobody listens any more. */
  private static final String NOBODY = "spark://127.0.0.1:1";

  /**
   * The longest time that a command may take to end once no executor is left. The command itself
   * waits for 12 seconds; the rest is for busy machines.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The length of the footer and the magic number behind it. */
  private static final int PARQUET_END = 8;

  private static final String FRAME =
      """
      {"ts_ns":%d,"cpu":0,"pid":7,"tid":8,"comm":"x","entry":"syscall","event":"e","nr":39,\
      "rip":"0x401000","rcx":"0x401000","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
      """;

  private static final int FRAMES_A_MEMBER = 20_000;
  private static final int SLOW_MEMBERS = 35;

  /** So many that the command never ends within the test. */
  private static final int ENDLESS_MEMBERS = 1_000;

  private static StandaloneCluster cluster;
  private static CommandLine commandLine;

  /** The store that the local engine made of all samples. */
  private static Path localStore;

  private static Result localIngest;

  /** Accepts connections and never answers. */
  private static ServerSocket mute;

  private static Running toNobody;
  private static Running toMute;

  /** A second cluster of one worker, which cannot see one folder if this machine allows that. */
  private static StandaloneCluster small;

  @TempDir private static Path folder;

  @BeforeAll
  static void startCluster() throws IOException {
    commandLine = new CommandLine(folder.resolve("command-lines"));
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
    mute = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
    Path trace = SAMPLES.resolve("shell/perf.data");
    // These two wait for their timeouts while the other tests run.
    toNobody = commandLine.start("report", trace, "--master", NOBODY);
    toMute =
        commandLine.start("report", trace, "--master", "spark://127.0.0.1:" + mute.getLocalPort());
    localStore = folder.resolve("local-store");
    localIngest = local("ingest", SAMPLES, "--into", localStore);
  }

  @AfterAll
  static void endCluster() throws IOException {
    // Resources are closed in reverse order.
    try (CommandLine lines = commandLine;
        ServerSocket socket = mute;
        StandaloneCluster first = cluster;
        StandaloneCluster second = small) {
      assertThat(Stream.of(lines, socket, first)).doesNotContainNull();
      assertThat(second == null || second != first).isTrue();
    }
  }

  @AfterEach
  void nothingIsLeftOfACommandLine() throws IOException {
    assertThat(commandLine.left()).isEmpty();
  }

  private static Result onCluster(Object... arguments) throws IOException {
    return commandLine.runHere(cluster.url(), arguments);
  }

  private static Running startOnCluster(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", cluster.url()));
    return commandLine.start(all.toArray());
  }

  private static Object[] and(Object[] arguments, Object... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }

  private static void assertSame(Object... arguments) throws IOException {
    Result expected = local(arguments);
    assertThat(expected.out()).isNotEmpty();
    assertThat(onCluster(arguments)).isEqualTo(expected);
  }

  @Test
  @Order(1)
  void ingestMakesTheStoreThatTheLocalEngineMakes() throws IOException {
    Path store = folder.resolve("store");

    Result result = startOnCluster("ingest", SAMPLES, "--into", store).await();

    assertThat(result).isEqualTo(localIngest);
    assertThat(result.exit()).isZero();
    assertThat(content(store)).isEqualTo(content(localStore)).isNotEmpty();
    assertThat(Folders.files(store)).hasSameSizeAs(Folders.files(localStore));
  }

  /** All content but the names of part files, which are new with every ingest. */
  private static List<List<Object>> content(Path store) throws IOException {
    List<List<Object>> content = new ArrayList<>();
    for (TraceRow row : TraceStore.at(store.toString()).read().traces()) {
      List<Object> all =
          new ArrayList<>(
              List.of(row.workload(), row.traceId(), row.source(), row.header(), row.counts()));
      for (PartFile part : row.parts()) {
        all.add(List.of(part.table(), part.rows(), pages(place(store, part))));
      }
      content.add(all);
    }
    return content;
  }

  private static Path place(Path store, PartFile part) throws IOException {
    Path table = store.resolve(part.table().folder());
    return Folders.files(table).stream()
        .filter(it -> it.endsWith(part.name()))
        .map(table::resolve)
        .findFirst()
        .orElseThrow();
  }

  /**
   * A Parquet file without its footer, and the footer's length: each JVM lists a column's encodings
   * there in its own order.
   */
  private static List<Object> pages(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int footer = bytes.getInt(bytes.limit() - PARQUET_END);
    return List.of(footer, bytes.slice(0, bytes.limit() - PARQUET_END - footer));
  }

  @Test
  @Order(1)
  void reportsOverAllTracesAreThoseOfTheLocalEngineAlsoOfWhatCannotBeRead() throws IOException {
    assertSame(
        "report",
        SAMPLES,
        SAMPLES.resolve("bad"),
        SAMPLES.resolve("flavours"),
        SAMPLES.resolve("synthetic"),
        localStore,
        "--model",
        "all",
        "--by",
        "entry,syscall,comm",
        "--format",
        "json");
  }

  /** The user's settings win over our defaults. */
  @Test
  @Order(1)
  void generatedStoresAndReportsOverThemAreThoseOfTheLocalEngineWithAnySerializer()
      throws IOException, InterruptedException {
    Path profile = folder.resolve("profile.json");
    local("generate", "--learn", SAMPLES, "--profile", profile);
    Path store = folder.resolve("generated");
    Path localGenerated = folder.resolve("local-generated");
    Object[] generate = {"generate", "--profile", profile, "--frames", "300000", "--output"};
    Object[] settings = {
      "--conf",
      "spark.serializer=org.apache.spark.serializer.KryoSerializer",
      "--conf",
      "spark.app.name=by another name",
      "--conf",
      "spark.executor.memory=512m"
    };

    Result expected = local(and(generate, localGenerated));
    Result result = onCluster(and(and(generate, store), settings));

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(expected.out().replace(localGenerated.toString(), store.toString()));
    assertThat(content(store)).isEqualTo(content(localGenerated)).hasSizeGreaterThan(10);
    Object[] report = {
      "report", store, "--model", "all", "--by", "comm,syscall", "--format", "json"
    };
    assertThat(onCluster(and(report, settings))).isEqualTo(local(report));
    assertThat(cluster.state().path("completedapps"))
        .anySatisfy(
            it -> {
              assertThat(it.path("name").asText()).isEqualTo("by another name");
              assertThat(it.path("memoryperexecutor").asInt()).isEqualTo(512);
            });
  }

  @Test
  @Order(1)
  void comparisonsAreThoseOfTheLocalEngine() throws IOException {
    assertSame("compare", localStore + "@linux-4.1", "@linux-6.9+irq-check", "--format", "json");
  }

  @Test
  @Order(1)
  void verdictsAreThoseOfTheLocalEngine() throws IOException {
    Object[] jsonl = {"replay", SAMPLES, localStore, "--format", "jsonl", "-o"};
    Object[] parquet = {"replay", SAMPLES, localStore, "--model", "linux-6.9", "-o"};
    Path ours = Files.createDirectories(folder.resolve("verdicts"));
    Path theirs = Files.createDirectories(folder.resolve("local-verdicts"));

    Result lines = onCluster(and(jsonl, ours.resolve("all.jsonl")));
    Result files = onCluster(and(parquet, ours.resolve("all"), "--conf", "spark.cores.max=1"));

    assertThat(lines).isEqualTo(local(and(jsonl, theirs.resolve("all.jsonl"))));
    assertThat(files).isEqualTo(local(and(parquet, theirs.resolve("all"))));
    assertThat(Folders.files(ours)).isEqualTo(Folders.files(theirs)).hasSize(3);
    for (Path file : Folders.files(ours)) {
      if (file.toString().endsWith(".parquet")) {
        assertThat(pages(ours.resolve(file))).isEqualTo(pages(theirs.resolve(file)));
      } else {
        assertThat(ours.resolve(file)).hasSameBinaryContentAs(theirs.resolve(file));
      }
    }
  }

  @Test
  @Order(2)
  void aMasterThatDoesNotAnswerIsToldOfInTime() throws IOException {
    assertThat(toNobody.await())
        .isEqualTo(
            new Result(
                2,
                "",
                ("sysret-replay: --master %s: Spark cannot use it: nobody answers at %s (Connection"
                        + " refused); give local[*], spark://HOST:PORT, yarn or k8s://URL of a"
                        + " cluster that runs.\n")
                    .formatted(NOBODY, NOBODY.substring("spark://".length()))));
    assertThat(toMute.await())
        .isEqualTo(
            new Result(
                2,
                "",
                ("sysret-replay: --master spark://127.0.0.1:%d: Spark cannot use it: the master does"
                        + " not answer within 12 s; give local[*], spark://HOST:PORT, yarn or"
                        + " k8s://URL of a cluster that runs.\n")
                    .formatted(mute.getLocalPort())));
    assertThat(toNobody.took()).isLessThan(PATIENCE);
    assertThat(toMute.took()).isLessThan(PATIENCE);
  }

  /** /proc/self/cwd names another folder in each process. */
  @Test
  @Order(1)
  void workersThatDoNotSeeTheOutputAreToldOf() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/cwd")), "there is no /proc/self/cwd");
    Path trace = SAMPLES.resolve("shell/perf.data");
    Object[] oneCore = {"--conf", "spark.cores.max=1"};
    Running ingest =
        startOnCluster(and(new Object[] {"ingest", trace, "--into", "/proc/self/cwd/s"}, oneCore));
    Running replay =
        startOnCluster(and(new Object[] {"replay", trace, "-o", "/proc/self/cwd/v"}, oneCore));

    Result ofIngest = ingest.await();
    assertThat(ofIngest.err())
        .matches(
            "sysret-replay: /proc/self/cwd/s: it cannot be written \\(frames/.*\\.parquet should have"
                + " [0-9,]+ bytes and is not there\\); name a place that you may write to\\.\n");
    assertThat(ofIngest.exit()).isEqualTo(2);
    assertThat(ofIngest.out()).isEmpty();
    assertThat(Folders.files(ingest.folder().resolve("s")))
        .as("nothing but what writers lock")
        .allMatch(it -> it.toString().startsWith("."));
    Result ofReplay = replay.await();
    assertThat(ofReplay.err())
        .isEqualTo(
            "sysret-replay: /proc/self/cwd/v: it cannot be written (the workers do not write to this"
                + " machine's /proc/self/cwd); name a place that you may write to.\n");
    assertThat(ofReplay.exit()).isEqualTo(2);
    assertThat(ofReplay.out()).isEmpty();
    assertThat(replay.folder().resolve("v")).doesNotExist();
  }

  /** A trace that takes some seconds, and little room. */
  private static Path slow(String name, int members) throws IOException {
    Path file = folder.resolve(name);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FRAMES_A_MEMBER; i++) {
      lines.append(FRAME.formatted(i));
    }
    Path member = folder.resolve("member.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(member))) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < members; i++) {
        Files.copy(member, out);
      }
    }
    return file;
  }

  private static void awaitReading(StandaloneCluster of, Running command, Path... files) {
    Deadline.await(
        "executors that read " + List.of(files),
        Duration.ofSeconds(60),
        () ->
            !command.process().isAlive()
                || Stream.of(files).allMatch(file -> reader(of, file).isPresent()),
        of::logs);
    assertThat(command.process().isAlive()).as(command::output).isTrue();
  }

  /** The worker whose executor reads the file now. */
  private static Optional<StandaloneCluster.Worker> reader(StandaloneCluster of, Path file) {
    return of.workers().stream()
        .filter(it -> it.executors().stream().anyMatch(each -> Processes.hasOpen(each, file)))
        .findFirst();
  }

  private static void assumeOpenFilesCanBeSeen() {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "there is no /proc/self/fd");
  }

  /** Whether INT is not ignored here, and so neither in what is started from here (proc(5)). */
  private static boolean takesInterrupts() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(it -> it.startsWith("SigIgn:"))
          .allMatch(it -> (Long.parseUnsignedLong(it.substring(7).strip(), 16) & 1 << 1) == 0);
    }
  }

  @Test
  @Order(3)
  void aCommandThatIsInterruptedEndsAtOnceAndLeavesTheCluster() throws Exception {
    assumeOpenFilesCanBeSeen();
    assumeTrue(
        takesInterrupts(), "a shell has started this in the background, where INT is ignored");
    Path trace = slow("interrupted.jsonl.gz", ENDLESS_MEMBERS);
    Running command = startOnCluster("report", trace);
    awaitReading(cluster, command, trace);

    command.interrupt();

    Result result = command.await(PATIENCE);
    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("\tat ", "bug");
    cluster.awaitIdle();
  }

  @Test
  @Order(4)
  void workIsDoneAlthoughAWorkerAndThenTheMasterAreKilled() throws Exception {
    assumeOpenFilesCanBeSeen();
    Path first = slow("first.jsonl.gz", SLOW_MEMBERS);
    Path second = slow("second.jsonl.gz", 3 * SLOW_MEMBERS);
    Path store = folder.resolve("surviving");
    Running command = startOnCluster("ingest", first, second, "--into", store);
    awaitReading(cluster, command, first, second);

    reader(cluster, first).orElseThrow().kill();
    awaitReading(cluster, command, second);
    cluster.killMaster();

    Result result = command.await();
    FileTime done = Files.getLastModifiedTime(store.resolve("traces"));
    assertThat(Duration.between(done.toInstant(), Instant.now())).isLessThan(PATIENCE);
    assertThat(result)
        .isEqualTo(local("ingest", first, second, "--into", folder.resolve("local-surviving")));
    assertThat(content(store)).isEqualTo(content(folder.resolve("local-surviving")));
  }

  @Test
  @Order(5)
  void aWorkerThatDoesNotSeeTheStoreLeavesTheOldTracesAsTheyWere() throws Exception {
    assumeTrue(
        StandaloneCluster.canBlind(), "this needs unshare(1) and the right to mount a tmpfs");
    Path store = Files.createDirectories(folder.resolve("half-seen/store"));
    Path trace = folder.resolve("again.jsonl");
    Files.writeString(trace, FRAME.formatted(1));
    local("ingest", trace, "--into", store);
    List<List<Object>> before = content(store);
    List<Path> files = Folders.files(store);
    Files.writeString(trace, FRAME.formatted(1) + FRAME.formatted(2));
    small = StandaloneCluster.start(folder.resolve("small"), 0);
    small.addBlindWorker(store.getParent());

    Result result = commandLine.runHere(small.url(), "ingest", trace, "--into", store);

    assertThat(result.err())
        .matches(
            "sysret-replay: \\Q%s\\E: it cannot be written \\(frames/.*\\.parquet should have [0-9,]+ bytes and is not there\\); name a place that you may write to\\.\n"
                .formatted(store));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(content(store)).isEqualTo(before);
    assertThat(Folders.files(store)).isEqualTo(files);
  }

  @Test
  @Order(6)
  void whereNobodyIsLeftACommandEndsWithOneSentenceAndTheOldTraceIsThere() throws Exception {
    assumeOpenFilesCanBeSeen();
    Path store = folder.resolve("old");
    Path trace = folder.resolve("third.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(trace))) {
      out.write(FRAME.formatted(1).getBytes(StandardCharsets.UTF_8));
    }
    local("ingest", trace, "--into", store);
    List<List<Object>> before = content(store);
    slow("third.jsonl.gz", ENDLESS_MEMBERS);
    if (small == null) {
      small = StandaloneCluster.start(folder.resolve("small"), 1);
    }
    Running command = commandLine.start("ingest", trace, "--into", store, "--master", small.url());
    awaitReading(small, command, trace);

    small.killMaster();
    small.workers().forEach(StandaloneCluster.Worker::kill);

    Result result = command.await(PATIENCE);
    assertThat(result.err())
        .matches(
            "sysret-replay: Spark cannot go on: no executor is left, and nobody answers at"
                + " 127\\.0\\.0\\.1:\\d+ \\(Connection refused\\); start the cluster again\\.\n");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(content(store)).isEqualTo(before);
  }
}
