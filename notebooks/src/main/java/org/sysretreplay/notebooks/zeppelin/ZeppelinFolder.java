package org.sysretreplay.notebooks.zeppelin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder in which an installed Zeppelin keeps what it would otherwise keep in its installation:
 * settings, notes, logs and interpreters, both its own and this program's.
 *
 * @param home the installation; nothing is written there
 * @param folder the folder that it writes to
 */
record ZeppelinFolder(Path home, Path folder) {

  /** The program that starts Zeppelin, relative to its home. */
  static final String PROGRAM = "bin/zeppelin.sh";

  private static final String ENDING = ".zpln";

  /** Zeppelin's variables for folders, with their names within the folder. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "ZEPPELIN_CONF_DIR", "conf",
          "ZEPPELIN_NOTEBOOK_DIR", "notebook",
          "ZEPPELIN_INTERPRETER_DIR", "interpreter",
          "ZEPPELIN_INTERPRETER_LOCALREPO", "local-repo",
          "ZEPPELIN_DEP_LOCALREPO", "local-repo",
          "ZEPPELIN_SEARCH_INDEX_PATH", "index",
          "ZEPPELIN_RECOVERY_DIR", "recovery",
          "ZEPPELIN_WAR_TEMPDIR", "webapps",
          "ZEPPELIN_LOG_DIR", "logs",
          "ZEPPELIN_PID_DIR", "run");

  /** The logging settings of Zeppelin and its interpreters. */
  private static final List<String> LOGGING = List.of("log4j.properties", "log4j2.properties");

  /**
   * Writes everything that Zeppelin needs to start. Notes that exist already are kept.
   *
   * @param notes a folder with the notes to copy
   * @return the description of this program's interpreter
   */
  Path write(Path notes) {
    try {
      linkInterpreters();
      Files.createDirectories(folder.resolve("conf"));
      for (String file : LOGGING) {
        copyIfMissing(home.resolve("conf").resolve(file), folder.resolve("conf").resolve(file));
      }
      Files.createDirectories(folder.resolve("notebook"));
      for (Path note : list(notes).stream().filter(it -> it.toString().endsWith(ENDING)).toList()) {
        copyIfMissing(note, folder.resolve("notebook").resolve(named(note)));
      }
      InterpreterSetting.renew(folder.resolve("conf").resolve("interpreter.json"));
      return InterpreterSetting.write(folder.resolve("interpreter"));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be written", e);
    }
  }

  private void linkInterpreters() throws IOException {
    Path ours = Files.createDirectories(folder.resolve("interpreter"));
    for (Path installed : list(home.resolve("interpreter"))) {
      Path link = ours.resolve(installed.getFileName());
      if (Files.isDirectory(installed) && !Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, installed.toAbsolutePath());
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void copyIfMissing(Path from, Path to) throws IOException {
    if (Files.exists(from) && !Files.exists(to)) {
      Files.copy(from, to);
    }
  }

  /** The name of a note's file; Zeppelin expects the note's id in it. */
  private static String named(Path note) throws IOException {
    String file = note.getFileName().toString();
    String id = new ObjectMapper().readTree(note.toFile()).path("id").asText();
    return file.substring(0, file.length() - ENDING.length()) + "_" + id + ENDING;
  }

  /** The server process; it serves this machine only. */
  ProcessBuilder server(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve(PROGRAM).toString()));
    command.addAll(arguments);
    ProcessBuilder server = new ProcessBuilder(command);
    server.environment().putAll(environment());
    return server;
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("ZEPPELIN_HOME", home.toString());
    variables.put("ZEPPELIN_ADDR", "127.0.0.1");
    variables.put("ZEPPELIN_LOCAL_IP", "127.0.0.1");
    FOLDERS.forEach((key, name) -> variables.put(key, folder.resolve(name).toString()));
    // Keeps notes in files, and loads no list of add-ons from the network.
    variables.put("ZEPPELIN_NOTEBOOK_STORAGE", "org.apache.zeppelin.notebook.repo.VFSNotebookRepo");
    variables.put("ZEPPELIN_HELIUM_REGISTRY", "helium");
    return variables;
  }
}
