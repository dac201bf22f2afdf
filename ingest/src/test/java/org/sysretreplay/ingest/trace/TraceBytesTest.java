package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class TraceBytesTest {

  @Test
  void aFullDiskHasItsOwnRemedy() {
    FileSystemException full = new FileSystemException("/t/x", null, "No space left on device");
    assertThat(TraceBytes.unreadable("a.gz", full))
        .hasMessage(
            "a.gz: there is no room to unpack it (/t/x: No space left on device); make room in the"
                + " folder for temporary files, "
                + System.getProperty("java.io.tmpdir")
                + ".");
  }

  @Test
  void anyOtherFailureIsAMatterOfPermissions() {
    assertThat(TraceBytes.unreadable("a", new AccessDeniedException("a")))
        .hasMessage("a: it cannot be read (a); check its permissions.");
  }
}
