package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class OutputExceptionTest {

  private static final FileSystemException FULL =
      new FileSystemException("/t/x", null, "No space left on device");

  @Test
  void aFullDiskHasItsOwnRemedy() {
    assertThat(OutputException.unwritable("/t", FULL))
        .hasMessage(
            "/t: it cannot be written (/t/x: No space left on device); make room there, or name"
                + " another place.");
    assertThat(OutputException.unwritable("/t", new AccessDeniedException("/t/x")))
        .hasMessage(
            "/t: it cannot be written (/t/x: permission denied); name a place that you may"
                + " write to.");
  }

  @Test
  void theReasonIsSaidWhereTheJdkOnlyNamesTheFile() {
    assertThat(OutputException.why(new NoSuchFileException("a")))
        .isEqualTo("a: there is no such file");
    assertThat(OutputException.why("a", new NoSuchFileException("a")))
        .isEqualTo("there is no such file");
    assertThat(OutputException.why("a", new AccessDeniedException("a")))
        .isEqualTo("permission denied");
    assertThat(OutputException.why("b", new AccessDeniedException("a", "b", "it is shut")))
        .isEqualTo("a -> b: it is shut");
    assertThat(OutputException.why("a", new FileNotFoundException("a (Is a directory)")))
        .isEqualTo("Is a directory");
    assertThat(OutputException.why("a", new EOFException())).isEqualTo("EOFException");
  }

  @Test
  void aFullFolderForTemporaryFilesIsCalledByItsName() {
    assertThat(TemporaryFiles.full(FULL))
        .hasMessage(
            System.getProperty("java.io.tmpdir")
                + ": temporary files cannot be written there (/t/x: No space left on device); make"
                + " room, or let TMPDIR name another folder.");
  }
}
