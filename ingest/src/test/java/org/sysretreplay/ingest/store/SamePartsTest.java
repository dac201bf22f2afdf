package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.HashingJvms;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInputs;

class SamePartsTest {

  private static final Path SAMPLE =
      Path.of(System.getProperty("sample.traces"), "shell", "perf.data");

  /** How many bytes stand behind the recording, which is a reject. */
  private static final int REJECTED = 100;

  @TempDir private Path folder;

  @Test
  void theSameRecordingIsTheSamePartsInEveryJvm() throws Exception {
    byte[] sample = Files.readAllBytes(SAMPLE);
    Path recording = folder.resolve("perf.data");
    Files.write(recording, Arrays.copyOf(sample, sample.length + REJECTED));

    HashingJvms.run(Ingester.class, way -> List.of(recording.toString(), store(way).toString()));

    for (String table : List.of("frames", "rejects", "maps")) {
      byte[] first = part(HashingJvms.WAYS.get(0), table);
      for (int way : HashingJvms.WAYS) {
        assertThat(Arrays.equals(part(way, table), first)).as(table).isTrue();
      }
    }
  }

  private Path store(int way) {
    return folder.resolve("store-" + way);
  }

  private byte[] part(int way, String table) throws IOException {
    try (Stream<Path> files = Files.walk(store(way).resolve(table))) {
      List<Path> parts = files.filter(Files::isRegularFile).toList();
      assertThat(parts).as(table).hasSize(1);
      return Files.readAllBytes(parts.get(0));
    }
  }

  /** A process that ingests. Arguments: a recording, and a store. */
  static final class Ingester {

    private Ingester() {}

    public static void main(String[] arguments) {
      TraceStore store = TraceStore.at(arguments[1]);
      store.prepare();
      store.ingest(
          TraceInputs.find(
                  List.of(Path.of(arguments[0])),
                  Optional.of("w"),
                  Optional.of(TraceFormat.PERF_DATA))
              .traces()
              .get(0));
    }
  }
}
