package org.sysretreplay.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Globs of this machine against Hadoop's own, where Hadoop can, but for hidden files. */
class LocalPathsTest {

  private static final String TIMED = "nginx-2026-10-12T14:30:00.perf.data";

  /** A name that begins like a hidden file's. */
  private static final Pattern HIDDEN = Pattern.compile("(^|/)[._]");

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String file :
        List.of(
            "a/x.data",
            "a/y.data",
            "b/x.data",
            "b/[x].data",
            "ab/^.data",
            ".hidden/x.data",
            "a/.dot.data",
            "a/_part.data",
            "a/.x.data.crc",
            "a/*.data",
            "a/{x}",
            "c c/ä.data")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("a/broken.data"), Path.of("nowhere"));
  }

  private List<String> matches(String glob) throws IOException {
    return LocalPaths.matches(Path.of(folder + "/" + glob)).stream()
        .map(it -> folder.relativize(it).toString())
        .toList();
  }

  private List<String> ofHadoop(String glob) throws IOException {
    FileStatus[] found =
        FileSystem.getLocal(new Configuration())
            .globStatus(new org.apache.hadoop.fs.Path(folder + "/" + glob));
    return Stream.of(found == null ? new FileStatus[0] : found)
        .map(it -> folder.relativize(Path.of(it.getPath().toUri().getPath())).toString())
        .filter(it -> HIDDEN.matcher(glob).find() || !HIDDEN.matcher(it).find())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*/*",
        "?/x.data",
        "*/[x].data",
        "*/[!x].data",
        "*/[^x].data",
        "[a-b]/x*",
        "{a,b}/x.*",
        "{a/x,b/[xy]}.data",
        "a{,b}/*",
        "*/\\[x\\].data",
        "*/{x,y.{data,txt}}",
        "*/\\{x\\}",
        "no-such/*",
        "*/no-such",
        "a/x.data/*",
        "l*k/../b/*",
        "./*/y.data",
        "c c/*",
        "*/.*",
        "*/_*",
        ".h*/x.data",
        ".hidden/*",
        "a/\\*.*"
      })
  void globsMatchWhatHadoopMatches(String glob) throws IOException {
    assertThat(matches(glob)).isEqualTo(ofHadoop(glob));
  }

  @Test
  void hiddenFilesMatchPatternsThatBeginAsTheyDo() throws IOException {
    assertThat(matches("*")).contains("a").doesNotContain(".hidden");
    assertThat(matches("*/x.data")).contains("a/x.data").doesNotContain(".hidden/x.data");
    assertThat(matches("a/*")).contains("a/x.data").doesNotContain("a/.dot.data", "a/_part.data");
    assertThat(matches("a/?part.data")).isEmpty();
    assertThat(matches("a/.*")).containsExactly("a/.dot.data");
    assertThat(matches("a/\\.d*")).containsExactly("a/.dot.data");
    assertThat(matches("a/_*")).containsExactly("a/_part.data");
    assertThat(matches(".h*/*")).containsExactly(".hidden/x.data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/[x", "{a,b", "{a,b/*"})
  void wrongPatternsAreErrorsAsInHadoop(String glob) {
    assertThatThrownBy(() -> ofHadoop(glob)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> matches(glob)).isInstanceOf(IOException.class);
  }

  @Test
  void aColonInANameIsALetterLikeAnyOther() throws IOException {
    Files.createFile(folder.resolve("a").resolve(TIMED));

    assertThat(matches("a/*.data")).contains("a/x.data", "a/" + TIMED);
    assertThat(matches("a/*T14:*")).containsExactly("a/" + TIMED);
    assertThat(matches("?/" + TIMED)).containsExactly("a/" + TIMED);
  }

  @Test
  void relativeGlobsBeginInTheWorkingFolder() throws IOException {
    List<Path> found = LocalPaths.matches(Path.of("src/*/java/../resource*"));

    assertThat(found)
        .isNotEmpty()
        .allMatch(it -> it.isAbsolute() && it.equals(it.normalize()))
        .allMatch(it -> it.startsWith(Path.of("src").toAbsolutePath()));
  }

  @Test
  void dotsGoWhereThePathStaysTheSameFile() throws IOException {
    Path far = Files.createDirectories(folder.resolve("far/away"));
    Files.createFile(folder.resolve("far/x.data"));
    Files.createSymbolicLink(folder.resolve("near"), far);

    assertThat(LocalPaths.absolute(folder.resolve("./b/../a/x.data")))
        .isEqualTo(folder.resolve("a/x.data"));
    assertThat(LocalPaths.absolute(folder.resolve("near/../x.data")))
        .isEqualTo(folder.resolve("near/../x.data"));
    assertThat(LocalPaths.matches(folder.resolve("near/../*.data")))
        .containsExactly(folder.resolve("near/../x.data"));
  }
}
