package org.sysretreplay.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.HashingJvms;

class SameBytesTest {

  private static final int FRAMES = 40_000;

  @TempDir private Path folder;

  @Test
  void theSameFramesAreTheSameBytesInEveryJvmAndWithAnyNumberOfEncoders() throws Exception {
    HashingJvms.run(Writer.class, way -> List.of(written(way).toString(), String.valueOf(1 + way)));

    byte[] first = Files.readAllBytes(written(HashingJvms.WAYS.get(0)));
    assertThat(first).isNotEmpty();
    for (int way : HashingJvms.WAYS) {
      assertThat(written(way)).hasBinaryContent(first);
    }
  }

  private Path written(int way) {
    return folder.resolve(way + ".parquet");
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
