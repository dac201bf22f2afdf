package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
        .hasMessage("/t: it cannot be written (/t/x); name a place that you may write to.");
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
