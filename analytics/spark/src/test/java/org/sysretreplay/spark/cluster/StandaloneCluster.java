package org.sysretreplay.spark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sysretreplay.analytics.ClassArchive;

/**
 * A master and workers of Spark's standalone cluster, each a process of this machine that listens
 * on 127.0.0.1 only. Whoever starts one closes it; then no process and no file of it is left.
 */
public final class StandaloneCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String WORKER_MEMORY = "1g";
  private static final Duration START = Duration.ofSeconds(60);
  private static final String SERVER_HEAP = "-Xmx256m";
  private static final String DRIVER_HEAP = "-Xmx512m";
  private static final Duration JOB = Duration.ofSeconds(180);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Another process may take a port that was free a moment ago. */
  private static final int START_ATTEMPTS = 3;

  private static final SparkInstallation SPARK = SparkInstallation.get();

  /** The folder of this cluster. */
  private final Path home;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Worker> workers = new ArrayList<>();
  private Process master;
  private int port;
  private int pagePort;

  private StandaloneCluster(Path home) {
    this.home = home;
  }

  /** One worker, with a core of its own. */
  public static final class Worker {

    private final Process process;

    private Worker(Process process) {
      this.process = process;
    }

    /** The executors that it runs now. */
    public List<ProcessHandle> executors() {
      return process.descendants().toList();
    }

    /** Kills the worker and its executors at once, like a loss of power. */
    public void kill() {
      Processes.kill(Processes.tree(process.toHandle()));
    }
  }

  /**
   * Starts a cluster, and returns when all its workers are there.
   *
   * @param folder where all its files are, which is made and in the end deleted
   */
  public static StandaloneCluster start(Path folder, int workers) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder.toAbsolutePath());
    try {
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.workers.add(cluster.newWorker(List.of()));
      }
      cluster.awaitWorkers();
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void startMaster() throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      pagePort = freePort();
      master =
          start(
              "master",
              List.of(),
              "org.apache.spark.deploy.master.Master",
              List.of(
                  "--host", HOST, "--port", "" + port, "--webui-port", Integer.toString(pagePort)));
      Process started = master;
      Deadline.await("the master", START, () -> !started.isAlive() || answers(), this::logs);
      if (started.isAlive()) {
        return;
      }
      if (attempt == START_ATTEMPTS) {
        throw new AssertionError("the master does not start\n" + logs());
      }
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    return state().path("url").asText().equals(url());
  }

  /** A port where nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  /** Starts one worker more, and returns when it is there. */
  public Worker addWorker() throws IOException {
    return add(List.of());
  }

  /**
   * Starts one worker more, which sees an empty folder in place of that one; needs {@link
   * #canBlind}.
   */
  public Worker addBlindWorker(Path folder) throws IOException {
    return add(
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            "mount -t tmpfs -o size=64m tmpfs \"$0\" && exec \"$@\"",
            folder.toString()));
  }

  /**
   * Starts one worker more, whose folder for local and temporary files is full; needs {@link
   * #canBlind}.
   */
  public Worker addWorkerWithFullDisk() throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp-worker-" + workers.size()));
    return add(
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            "mount -t tmpfs -o size=64k tmpfs \"$0\" && { cat /dev/zero >\"$0/full\" 2>/dev/null;"
                + " exec \"$@\"; }",
            temporary.toString()));
  }

  private Worker add(List<String> within) throws IOException {
    Worker worker = newWorker(within);
    workers.add(worker);
    awaitWorkers();
    return worker;
  }

  /** Whether this machine can give a process its own view of the file system. */
  public static boolean canBlind() throws IOException, InterruptedException {
    try {
      Process trial =
          new ProcessBuilder("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor() == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }

  private Worker newWorker(List<String> within) throws IOException {
    String name = "worker-" + workers.size();
    Path work = Files.createDirectories(home.resolve(name));
    return new Worker(
        start(
            name,
            within,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                HOST,
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                WORKER_MEMORY,
                "--work-dir",
                work.toString(),
                url())));
  }

  private Process start(String name, List<String> within, String main, List<String> arguments)
      throws IOException {
    return start(name, within, SERVER_HEAP, main, arguments);
  }

  private Process start(
      String name, List<String> within, String heap, String main, List<String> arguments)
      throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp-" + name));
    List<String> command = new ArrayList<>(within);
    command.add(ClassArchive.java());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(SPARK.options());
    command.addAll(
        List.of(
            heap,
            SPARK.logOption(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            SPARK.classPath(),
            main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve(name + ".log").toFile()));
    environment(builder.environment(), temporary);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private void environment(Map<String, String> environment, Path temporary) {
    environment.keySet().removeIf(it -> it.startsWith("SPARK_") || it.startsWith("HADOOP_"));
    // Java announces these options on standard error, which the tests compare.
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.putAll(
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "SPARK_HOME", SPARK.home().toString(),
            "SPARK_LOCAL_DIRS", temporary.toString(),
            "SPARK_LOCAL_IP", HOST,
            "SPARK_SCALA_VERSION", "2.13"));
  }

  /**
   * Submits a job to the cluster, as {@code spark-submit} does, and waits for its end.
   *
   * @param arguments behind the master's
   * @return the exit code
   */
  public int submit(Object... arguments) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                url(),
                "--deploy-mode",
                "client",
                "--conf",
                "spark.driver.host=" + HOST,
                "--conf",
                "spark.driver.bindAddress=" + HOST,
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=" + SPARK.executorOptions()));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    Process job = start("job", List.of(), DRIVER_HEAP, "org.apache.spark.deploy.SparkSubmit", all);
    try {
      Deadline.await("the end of the job", JOB, () -> !job.isAlive(), this::logs);
      return job.exitValue();
    } finally {
      Processes.kill(Processes.tree(job.toHandle()));
    }
  }

  /** The master's URL for {@code --master}. */
  public String url() {
    return "spark://%s:%d".formatted(HOST, port);
  }

  /** The workers that were started, those that have ended included. */
  public List<Worker> workers() {
    return List.copyOf(workers);
  }

  /** Ends the master at once. */
  public void killMaster() {
    Processes.kill(Processes.tree(master.toHandle()));
  }

  /** Returns when the master knows of every worker that runs, and of no other. */
  public void awaitWorkers() {
    Deadline.await(
        "all workers ALIVE",
        START,
        () -> alive() == workers.stream().filter(it -> it.process.isAlive()).count(),
        this::logs);
  }

  /** Returns when no application holds any core. */
  public void awaitIdle() {
    Deadline.await(
        "no application",
        START,
        () -> state().path("activeapps").isEmpty() && state().path("coresused").asInt() == 0,
        this::logs);
  }

  private long alive() throws IOException, InterruptedException {
    return StreamSupport.stream(state().path("workers").spliterator(), false)
        .filter(it -> it.path("state").asText().equals("ALIVE"))
        .count();
  }

  /** The master's own report on itself, its workers and its applications, as JSON. */
  public JsonNode state() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:%d/json/".formatted(HOST, pagePort)))
            .timeout(ANSWER)
            .build();
    return new ObjectMapper()
        .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The ends of all logs. */
  public String logs() {
    return Folders.logs(home);
  }

  @Override
  public void close() throws IOException {
    // Executors of a worker that has ended have no parent here; they end by themselves.
    List<ProcessHandle> all =
        Stream.concat(workers.stream().map(it -> it.process), Stream.ofNullable(master))
            .flatMap(it -> Processes.tree(it.toHandle()).stream())
            .toList();
    Processes.end(all);
    Folders.delete(home);
  }
}
