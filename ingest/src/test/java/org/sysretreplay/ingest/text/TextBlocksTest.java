package org.sysretreplay.ingest.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.ftrace.FtraceParsers;
import org.sysretreplay.ingest.jsonl.JsonParsers;
import org.sysretreplay.ingest.perfscript.PrintedTest;
import org.sysretreplay.ingest.perfscript.ScriptParsers;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceReader;

/**
 * A text that threads parse in small blocks gives the same records as in one block on one thread.
 */
@Timeout(300)
class TextBlocksTest {

  private static final int WHOLE = 1 << 25;
  private static final long NEVER = Long.MAX_VALUE;

  @TempDir Path folder;

  private enum Format {
    SCRIPT,
    STACKS,
    FTRACE,
    JSON;

    TraceReader open(Path file, int blockBytes, long leastBytesAhead) {
      Reading reading = Reading.ASSEMBLED;
      return switch (this) {
        case SCRIPT, STACKS ->
            new SampleTextReader(
                NamedFile.of(file), reading, ScriptParsers::of, blockBytes, leastBytesAhead) {};
        case FTRACE ->
            new SampleTextReader(
                NamedFile.of(file), reading, FtraceParsers::of, blockBytes, leastBytesAhead) {};
        case JSON ->
            new FrameTextReader(
                NamedFile.of(file), JsonParsers::of, blockBytes, leastBytesAhead) {};
      };
    }

    String sound() throws IOException {
      return switch (this) {
        case SCRIPT -> script("trap-flag");
        case STACKS -> PrintedTest.text("interrupts") + PrintedTest.text("mixed-in");
        case FTRACE ->
            new String(
                Traces.unpacked(Traces.samples().resolve("flavours/probes.trace.gz")), ISO_8859_1);
        case JSON ->
            Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames().stream()
                .map(Traces::json)
                .collect(Collectors.joining("\n"));
      };
    }
  }

  private static String script(String workload) throws IOException {
    return new String(Traces.perfScript(Traces.samples().resolve(workload)), ISO_8859_1);
  }

  private void assertSame(Format format, Path file) {
    Traces.Whole expected = Traces.readAll(format.open(file, WHOLE, NEVER));
    for (int blockBytes : new int[] {1 << 10, 5_000, 1 << 16}) {
      assertThat(Traces.readAll(format.open(file, blockBytes, 0)))
          .as("blocks of %d bytes", blockBytes)
          .isEqualTo(expected);
    }
  }

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("text"), text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void soundTexts(Format format) throws IOException {
    String text = format.sound();
    assertSame(format, file(text));
    assertSame(format, file(text.replace("\n", "\r\n")));
    assertSame(format, file(text.strip()));
  }

  @Test
  void theTextsOfAllSamples() throws IOException {
    for (Path workload : Traces.workloads()) {
      assertSame(Format.SCRIPT, file(script(workload.getFileName().toString())));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void damagedTexts(Format format) throws IOException {
    byte[] sound = format.sound().getBytes(ISO_8859_1);
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] bytes = sound.clone();
      for (int i = 0; i < 200; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertSame(format, Files.write(folder.resolve("text"), bytes));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void damagedPackedTexts(Format format) throws IOException {
    byte[] text = format.sound().getBytes(ISO_8859_1);
    byte[] sound = Files.readAllBytes(Traces.gzip(folder.resolve("sound.gz"), text));
    for (int seed = 0; seed < 10; seed++) {
      byte[] bytes = Arrays.copyOf(sound, sound.length - seed * sound.length / 25);
      bytes[sound.length / 2 + seed] ^= 1;
      Path file = Files.write(folder.resolve("damaged.gz"), bytes);
      Traces.Whole read = Traces.readAll(format.open(file, 1 << 16, 0));
      assertThat(read.rejects()).as("seed %d", seed).isNotEmpty();
      assertSame(format, file);
    }
  }

  private static String line(int second, String rcx) {
    return "ls 7/7 [000] %d.000000001: raw_syscalls:sys_exit: NR 39 = 1 ABI:2 AX:0x1 CX:%s SP:0x3"
            .formatted(second, rcx)
        + " IP:0x7f FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246\n";
  }

  /** RCX = -1 is a reject of an old kernel, and a value of a new one. */
  @Test
  void aSampleIsJudgedByTheCommentsBeforeItWhateverTheBlocks() throws IOException {
    String unknown = "0xffffffffffffffff";
    StringBuilder text = new StringBuilder("# os release : 4.0.1\n");
    Stream.iterate(1, it -> it + 1).limit(100).forEach(it -> text.append(line(it, unknown)));
    text.append("# os release : 6.1.0\n");
    Stream.iterate(101, it -> it + 1).limit(100).forEach(it -> text.append(line(it, unknown)));
    Path file = file(text.toString());
    assertSame(Format.SCRIPT, file);
    Traces.Whole read = Traces.readAll(Format.SCRIPT.open(file, 1 << 10, 0));
    assertThat(read.counts().rejected()).isEqualTo(100);
    assertThat(read.counts().accepted()).isEqualTo(100);
  }

  @Test
  void lossesBetweenTheBlocksAreCounted() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append(line(i, "0x7f")).append("ls 7/7 [000] 1.1: PERF_RECORD_LOST lost 3\n");
    }
    Path file = file(text.toString());
    assertSame(Format.SCRIPT, file);
    assertThat(Traces.readAll(Format.SCRIPT.open(file, 1 << 10, 0)).counts().lost()).isEqualTo(300);
  }
}
