package org.sysretreplay.notebooks.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sysretreplay.notebooks.QuickJava;

/**
 * A server of Zeppelin that has our interpreter, and its REST. It and the processes that it starts
 * end when this is closed, and also when this JVM ends before that.
 */
final class RunningZeppelin implements AutoCloseable {

  private static final int MOST_LOOKS = 100;
  private static final int PAUSE_MILLIS = 100;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_STARTS = 4;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(4);

  private static int notAnswered;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final String rest;
  private int taken;
  private final Thread atTheEnd = new Thread(this::end);

  private RunningZeppelin(Process process, int port) {
    this.process = process;
    rest = "http://127.0.0.1:%d/api/".formatted(port);
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** The number of starts that never answered. */
  static int notAnswered() {
    return notAnswered;
  }

  /**
   * Starts a server.
   *
   * @param server is given a free port; its output is appended to the log
   */
  static RunningZeppelin start(ProcessBuilder server, Path log) throws Exception {
    server.environment().put("JDK_JAVA_OPTIONS", QuickJava.OPTIONS);
    server.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    for (int start = 1; start <= MOST_STARTS; start++) {
      int port = freePort();
      server.environment().put("ZEPPELIN_PORT", Integer.toString(port));
      RunningZeppelin zeppelin = new RunningZeppelin(server.start(), port);
      if (zeppelin.answers()) {
        return zeppelin;
      }
      notAnswered++;
      zeppelin.close();
    }
    throw new AssertionError("Zeppelin never answered: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws Exception {
    long last = System.nanoTime() + LONGEST_START.toNanos();
    while (process.isAlive() && System.nanoTime() < last) {
      try {
        ask("GET", "version", "");
        return true;
      } catch (IOException e) {
        Thread.sleep(200);
      }
    }
    return false;
  }

  /**
   * Hands a note in without its results, which could be taken for those of a run, under a path of
   * its own, and returns its id.
   */
  String take(Note note) throws Exception {
    String path = "/taken-%d/%s".formatted(++taken, note.name());
    ObjectNode json = note.json();
    for (JsonNode paragraph : json.path("paragraphs")) {
      ((ObjectNode) paragraph).put("status", "READY").remove("results");
    }
    return ask("POST", "notebook/import?notePath=" + path, json.toString()).path("body").asText();
  }

  /** The ids of a note's paragraphs. */
  List<String> paragraphs(String note) throws Exception {
    JsonNode paragraphs = ask("GET", "notebook/" + note, "").path("body").path("paragraphs");
    return Stream.iterate(0, it -> it < paragraphs.size(), it -> it + 1)
        .map(it -> paragraphs.get(it).path("id").asText())
        .toList();
  }

  /** Runs a paragraph to its end. */
  void run(String note, String paragraph) throws Exception {
    ask("POST", "notebook/run/%s/%s".formatted(note, paragraph), "");
  }

  /** Runs a paragraph, and does not wait. */
  void start(String note, String paragraph) throws Exception {
    ask("POST", "notebook/job/%s/%s".formatted(note, paragraph), "");
  }

  /** Cancels a paragraph. */
  void cancel(String note, String paragraph) throws Exception {
    ask("DELETE", "notebook/job/%s/%s".formatted(note, paragraph), "");
  }

  /**
   * The note in the form of a file. Zeppelin calls a failing paragraph finished for a moment; this
   * waits until that is over.
   */
  JsonNode export(String note) throws Exception {
    JsonNode now = exportNow(note);
    for (int tries = 0; tries < MOST_LOOKS && !isSettled(now); tries++) {
      Thread.sleep(PAUSE_MILLIS);
      now = exportNow(note);
    }
    return now;
  }

  private JsonNode exportNow(String note) throws Exception {
    return JSON.readTree(ask("GET", "notebook/export/" + note, "").path("body").asText());
  }

  private static boolean isSettled(JsonNode note) {
    for (JsonNode paragraph : note.path("paragraphs")) {
      boolean succeeded = paragraph.path("results").path("code").asText().equals("SUCCESS");
      if (!succeeded && paragraph.path("status").asText().equals("FINISHED")) {
        return false;
      }
    }
    return true;
  }

  private JsonNode ask(String method, String what, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rest + what))
            .timeout(LONGEST_ANSWER)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    JsonNode said = JSON.readTree(answer.body());
    if (answer.statusCode() != 200) {
      throw new AssertionError(method + " " + what + ": " + said);
    }
    return said;
  }

  /** The server's process and all that it has started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
    end();
  }

  private void end() {
    List<ProcessHandle> all = processes();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }
}
