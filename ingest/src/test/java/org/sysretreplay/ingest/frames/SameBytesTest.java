package org.sysretreplay.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;

class SameBytesTest {

  private static final int FRAMES = 40_000;

  @TempDir private Path folder;

  /** The ways in which HotSpot makes identity hashes: at random, from a counter, by thread. */
  private static final List<Integer> IDENTITY_HASHES = List.of(0, 3, 5);

  @Test
  void theSameFramesAreTheSameBytesInEveryJvmAndWithAnyNumberOfEncoders() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (int hashes : IDENTITY_HASHES) {
      writers.add(start(hashes, 1 + hashes));
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    byte[] first = Files.readAllBytes(written(IDENTITY_HASHES.get(0)));
    assertThat(first).isNotEmpty();
    for (int hashes : IDENTITY_HASHES) {
      assertThat(written(hashes)).hasBinaryContent(first);
    }
  }

  private Path written(int hashes) {
    return folder.resolve(hashes + ".parquet");
  }

  private Process start(int hashes, int encoders) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:hashCode=" + hashes,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Writer.class.getName(),
            written(hashes).toString(),
            String.valueOf(encoders))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A process that always writes the same frames. Arguments: a file, and a number of encoders. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      LocalOutputFile target = new LocalOutputFile(Path.of(arguments[0]));
      try (FrameFile file = new FrameFile(target, Integer.parseInt(arguments[1]), FRAMES)) {
        for (ExitFrame frame : FrameFileTest.frames(FRAMES)) {
          file.add(frame);
        }
      }
    }
  }
}
