package org.sysretreplay.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends while its threads still make files. */
class EndingTest {

  /**
   * Makes files on four threads in a folder that is deleted with the process, and ends meanwhile.
   */
  static final class Maker {

    private Maker() {}

    /** Arguments: the folder, and after how many milliseconds the process ends. */
    public static void main(String[] arguments) throws Exception {
      Path place = Path.of(arguments[0]);
      Staging staging = Staging.beside(place);
      for (int i = 0; i < 4; i++) {
        Thread thread = new Thread(() -> make(staging.folder()));
        thread.setDaemon(true);
        thread.start();
      }
      // A process has other shutdown hooks too, and the JVM waits for all of them.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(100)));
      Thread.sleep(Long.parseLong(arguments[1]));
      System.exit(0);
    }

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void make(Path folder) {
      for (int i = 0; true; i++) {
        try (NewFile file = FileTrees.at(folder).create("a" + i % 10);
            PositionOutputStream to = file.output().create(0)) {
          to.write(1);
        } catch (IOException e) {
          // It has just been deleted.
        }
      }
    }
  }

  @TempDir private Path folder;

  @Test
  void nothingIsMadeAnewAfterItWasDeleted() throws Exception {
    for (int moment = 0; moment < 6; moment++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Maker.class.getName(),
                  folder.resolve("place").toString(),
                  Integer.toString(5 * moment))
              .inheritIO()
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    }
  }
}
