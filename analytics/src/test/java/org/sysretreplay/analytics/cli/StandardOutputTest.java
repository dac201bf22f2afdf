package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

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

  @ParameterizedTest
  @CsvSource({
    "report, No space left on device, make room for it",
    "models, Disk quota exceeded, make room for it",
    "report, Bad file descriptor, name a file with -o",
    "models, Bad file descriptor, 'let it go to a file, a pipe or a terminal'"
  })
  void tellsWhatToDo(String command, String why, String remedy) {
    StandardOutput out = new StandardOutput(failing(why));
    print(out);
    assertThat(out.remedy(command)).isEqualTo(remedy);
  }

  @Test
  void theCommandsWithFilesAreThoseWhoseHelpSaysSo() {
    Map<String, CommandLine> commands = Cli.model().getSubcommands();
    assertThat(commands.keySet())
        .filteredOn(it -> takesTheOutput(commands.get(it).getCommandSpec().findOption("-o")))
        .containsExactlyInAnyOrderElementsOf(StandardOutput.COMMANDS_WITH_FILES);
  }

  private static boolean takesTheOutput(OptionSpec file) {
    return file != null && String.join(" ", file.description()).contains("standard output");
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
