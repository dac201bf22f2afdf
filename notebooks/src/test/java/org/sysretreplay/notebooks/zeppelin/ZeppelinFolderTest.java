package org.sysretreplay.notebooks.zeppelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.NotebookServer.MissingException;

class ZeppelinFolderTest {

  private static final Path NOTEBOOKS = Path.of(System.getProperty("notebooks"));

  @TempDir private Path folder;
  private Path home;
  private ZeppelinFolder own;

  @BeforeEach
  void install() throws IOException {
    home =
        ZeppelinHome.make(
            folder.resolve("installed"), Path.of(System.getProperty("zeppelin.jars")));
    own = new ZeppelinFolder(home, folder.resolve("own"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void holdsOurInterpreterBesideThoseThatAreInstalled() throws IOException {
    Path setting = own.write(NOTEBOOKS);
    assertThat(names(own.folder().resolve("interpreter"))).containsExactly("md", "sysret");
    assertThat(setting)
        .isEqualTo(own.folder().resolve("interpreter/sysret/interpreter-setting.json"));
    assertThat(names(home.resolve("interpreter"))).containsExactly("md");
  }

  @Test
  void holdsEveryNoteUnderItsId() throws IOException {
    own.write(NOTEBOOKS);
    assertThat(names(own.folder().resolve("notebook")))
        .hasSize(5)
        .allMatch(it -> it.matches("[a-z0-9-]+_2[0-9A-F]{8}\\.zpln"));
  }

  @Test
  void keepsNotesThatWereChanged() throws IOException {
    own.write(NOTEBOOKS);
    Path note =
        own.folder().resolve("notebook").resolve(names(own.folder().resolve("notebook")).get(0));
    Files.writeString(note, "changed");
    own.write(NOTEBOOKS);
    assertThat(note).hasContent("changed");
  }

  @Test
  void whatZeppelinHasKeptOfOurInterpreterIsRenewedButForWhatUsersChange() throws IOException {
    Path kept = Files.createDirectories(own.folder().resolve("conf")).resolve("interpreter.json");
    Files.writeString(
        kept,
        """
        {"interpreterSettings": {"sysret": {"properties": {
          "JAVA_HOME": {"name": "JAVA_HOME", "value": "/elsewhere"},
          "spark.master": {"name": "spark.master", "value": "spark://here"}}}}}""");
    own.write(NOTEBOOKS);
    assertThat(kept)
        .content()
        .contains(System.getProperty("java.home"), "spark://here")
        .doesNotContain("/elsewhere");
  }

  @Test
  void theServerIsForThisMachineAndWritesNowhereElse() {
    ProcessBuilder server = own.server(List.of("--run", "one"));
    assertThat(server.command())
        .containsExactly(home.resolve("bin/zeppelin.sh").toString(), "--run", "one");
    assertThat(server.environment())
        .containsEntry("ZEPPELIN_ADDR", "127.0.0.1")
        .containsEntry("ZEPPELIN_CONF_DIR", own.folder().resolve("conf").toString())
        .containsEntry("ZEPPELIN_SEARCH_INDEX_PATH", own.folder().resolve("index").toString());
  }

  /** The server starts in another folder than the command. */
  @Test
  void anInstallationMayBeNamedByARelativePath() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(home.toAbsolutePath());
    ProcessBuilder server =
        new ZeppelinFolder(Zeppelin.home(Optional.of(relative.toString())), folder.resolve("own"))
            .server(List.of());

    assertThat(relative).isRelative();
    assertThat(Path.of(server.command().get(0))).isAbsolute().isExecutable();
    assertThat(Path.of(server.environment().get("ZEPPELIN_HOME")))
        .isAbsolute()
        .satisfies(it -> assertThat(it.toRealPath()).isEqualTo(home.toRealPath()));
  }

  @Test
  void withoutAnInstallationOneSentenceSaysWhatToDo() {
    assertThatThrownBy(() -> Zeppelin.home(Optional.empty()))
        .isInstanceOf(MissingException.class)
        .hasMessage(
            "ZEPPELIN_HOME is not set; unpack the binary package of Apache Zeppelin 0.10 or later,"
                + " from zeppelin.apache.org, and let ZEPPELIN_HOME name its folder.");
    assertThatThrownBy(() -> Zeppelin.home(Optional.of(folder.toString())))
        .isInstanceOf(MissingException.class)
        .hasMessageStartingWith(
            "ZEPPELIN_HOME=" + folder + ": there is no bin/zeppelin.sh; unpack the binary");
    assertThat(Zeppelin.home(Optional.of(home.toString()))).isEqualTo(home);
  }
}
