package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class TraceBytesTest {

  @Test
  void anyOtherFailureIsAMatterOfPermissions() {
    assertThat(TraceBytes.unreadable("a", new AccessDeniedException("a")))
        .hasMessage("a: it cannot be read (a); check its permissions.");
  }
}
