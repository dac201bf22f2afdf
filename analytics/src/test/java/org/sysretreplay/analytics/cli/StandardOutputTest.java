package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  @Test
  void passesEverythingOn() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(bytes);
    print(out);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("all of it");
    assertThat(out.complaint()).isEmpty();
  }

  @Test
  void remembersThatTheDiskWasFull() {
    StandardOutput out = new StandardOutput(failing("No space left on device"));
    print(out);
    assertThat(out.complaint()).contains("No space left on device");
  }

  @Test
  void saysNothingOfAReaderThatHasGone() {
    StandardOutput out = new StandardOutput(failing("Broken pipe"));
    print(out);
    assertThat(out.complaint()).isEmpty();
  }

  private static void print(StandardOutput out) {
    PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
    writer.print("all of it");
    writer.flush();
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
