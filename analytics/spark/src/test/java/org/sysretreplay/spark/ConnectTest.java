package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.spark.cluster.ClassPath;
import org.sysretreplay.spark.cluster.Deadline;

/**
 * A server of Spark Connect that has our jars, and a client that has only Spark's jar for clients
 * and, to be refused, ours.
 */
@Tag("cluster")
class ConnectTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  /** The jars that Maven has copied for this test. */
  private static final Path JARS = Path.of("target", "connect").toAbsolutePath();

  /** Parts of Spark that its jar for clients has in itself, or does without. */
  private static final Pattern SERVERS_ONLY =
      Pattern.compile(
          "/spark-(sql|sql-api|catalyst|core|kvstore|launcher|network|pipelines)[^/]*$");

  private static final Duration START = Duration.ofSeconds(90);

  private static final String CLIENT =
      """
      import org.apache.spark.sql.SparkSession;
      import org.sysretreplay.spark.SysretReplay;

      public class Client {
        public static void main(String[] args) throws Exception {
          try (SparkSession spark = SparkSession.builder().remote(args[0]).getOrCreate()) {
            for (Object row : spark.read().format("perf").option("models", "seed").load(args[1])
                .groupBy("workload", "outcome_seed").count().orderBy("outcome_seed")
                .collectAsList()) {
              System.out.println(row);
            }
            spark.sql("create temporary view frames using perf options (path '" + args[1] + "')");
            for (Object row : spark.sql("select sysret.outcome('seed', path, rip, rcx, r11, rflags,"
                + " cs, ss) as o, sum(count) from frames group by 1 order by 1").collectAsList()) {
              System.out.println(row);
            }
            try {
              SysretReplay.on(spark);
            } catch (RuntimeException e) {
              System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
          }
        }
      }
      """;

  @TempDir private Path folder;

  private static List<Path> connect(String part) throws IOException {
    try (Stream<Path> jars = Files.list(JARS.resolve(part))) {
      return jars.toList();
    }
  }

  private static List<Path> ours() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(
            it ->
                it.endsWith("target/classes")
                    || it.toString().contains("/ingest-")
                    || it.toString().contains("/analytics-")
                    || it.toString().contains("/replay-emulator-"))
        .filter(it -> !it.toString().endsWith("-tests.jar"))
        .toList();
  }

  private static String classPath(List<List<Path>> parts) {
    return parts.stream()
        .flatMap(List::stream)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Process start(String name, String classPath, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("--add-opens=") || it.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name).toFile())
        .start();
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Process startServer(int port) throws IOException {
    List<String> settings =
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.app.name=server",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.connect.grpc.binding.address=127.0.0.1",
            "-Dspark.connect.grpc.binding.port=" + port,
            "-Dspark.sql.catalog.sysret=org.sysretreplay.spark.functions.SysretCatalog");
    return start(
        "server",
        classPath(List.of(connect("server"), ClassPath.ofSpark(), ours())),
        Stream.concat(
                settings.stream(),
                Stream.of("org.apache.spark.sql.connect.service.SparkConnectServer"))
            .toList());
  }

  private static List<Path> ofClients() {
    return ClassPath.ofSpark().stream()
        .filter(it -> !SERVERS_ONLY.matcher(it.toString()).find())
        .toList();
  }

  @Test
  void clientsAskTheDataSourceAndTheFunctionsAndAreRefusedTheFace()
      throws IOException, InterruptedException {
    int port = freePort();
    Process server = startServer(port);
    try {
      Deadline.await(
          "the server", START, () -> !server.isAlive() || answers(port), () -> log("server"));
      String source = Files.writeString(folder.resolve("Client.java"), CLIENT).toString();
      Process client =
          start(
              "client",
              classPath(List.of(connect("client"), ofClients(), ours())),
              List.of(
                  source,
                  "sc://127.0.0.1:" + port,
                  SAMPLES.resolve("shell").resolve("perf.data").toString()));
      try {
        assertThat(client.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
      } finally {
        client.destroyForcibly();
      }

      assertThat(client.exitValue()).as(log("client") + log("server")).isZero();
      assertThat(log("client"))
          .contains("[shell,IRET_MISS,1595]\n[shell,SYSRET,894]\n[IRET_MISS,1595]\n[SYSRET,894]\n")
          .contains(
              "SysretReplayException: SysretReplay.on: this session is a client of Spark Connect");
    } finally {
      server.destroy();
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }
}
