package org.sysretreplay.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class OutputPlaceTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-r--", "rwxr-x---"})
  void aFileTakesOverThePermissionsOfTheOneThatItReplaces(String permissions) throws IOException {
    Path place = Files.writeString(folder.resolve("r.json"), "old");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
    OutputPlace.replace(place, Files.writeString(folder.resolve("new"), "new"));
    assertThat(place).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo(permissions);
  }

  @Test
  void aNewFileHasThoseThatItWasMadeWith() throws IOException {
    Path made = Files.writeString(folder.resolve("new"), "new");
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r-----"));
    Path place = folder.resolve("r.json");
    OutputPlace.replace(place, made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void linksAreFollowedToWhatDoesNotExistYet() throws IOException {
    Path days = Files.createDirectory(folder.resolve("days"));
    Path day = Files.createSymbolicLink(days.resolve("day"), Path.of("../2026-11-30.html"));
    Path latest = Files.createSymbolicLink(folder.resolve("latest"), Path.of("days/day"));
    Path place = OutputPlace.behindLinks(latest);
    assertThat(place.normalize()).isEqualTo(folder.resolve("2026-11-30.html"));
    OutputPlace.replace(place, Files.writeString(folder.resolve("new"), "new"));
    assertThat(latest).isSymbolicLink().hasContent("new");
    assertThat(day).isSymbolicLink();
    assertThat(OutputPlace.behindLinks(latest))
        .isEqualTo(folder.resolve("2026-11-30.html").toRealPath());
  }

  @Test
  void linksInACircleLeadNowhere() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    assertThatThrownBy(() -> OutputPlace.behindLinks(one))
        .isInstanceOf(FileSystemLoopException.class);
  }
}
