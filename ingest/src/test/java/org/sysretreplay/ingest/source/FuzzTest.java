package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfscript.PrintedTest;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Damage of every kind to real recordings: only {@link TraceException} is thrown, reading ends, and
 * {@link Counts} add up.
 */
class FuzzTest {

  private static final int TRIES = 200;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The records and the text of a small recording; longer ones would only take longer. */
  private static final String WORKLOAD = "trap-flag";

  /** A seed that is printed where it fails makes the same file again. */
  @ParameterizedTest
  @EnumSource(TraceFormat.class)
  void damageIsNeverMoreThanATraceException(TraceFormat format, @TempDir Path folder)
      throws IOException {
    byte[] sound = sound(format);
    Path file = folder.resolve("damaged");
    int unreadable = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      Files.write(file, damaged(sound, new Random(seed)));
      unreadable += readsOrRefuses(format, file, seed) ? 0 : 1;
    }
    assertThat(unreadable).as("refused as a whole").isLessThan(TRIES);
  }

  @ParameterizedTest
  @EnumSource(TraceFormat.class)
  void damageToAPackedFileIsNeverMoreThanATraceException(TraceFormat format, @TempDir Path folder)
      throws IOException {
    byte[] part = Arrays.copyOf(sound(format), 1 << 16);
    byte[] gzip = Files.readAllBytes(Traces.gzip(folder.resolve("sound.gz"), part));
    byte[] zstd = Files.readAllBytes(Traces.zstd(folder.resolve("sound.zst"), part));
    Path file = folder.resolve("damaged");
    for (int seed = 0; seed < TRIES / 2; seed++) {
      Files.write(file, damaged(seed % 2 == 0 ? gzip : zstd, new Random(seed)));
      readsOrRefuses(format, file, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compressed", "pipe", "compressed-pipe"})
  void damageToAFlavourIsNeverMoreThanATraceException(String flavour, @TempDir Path folder)
      throws IOException {
    byte[] sound =
        Files.readAllBytes(Traces.samples().resolve("flavours").resolve(flavour + ".perf.data"));
    Path file = folder.resolve("damaged");
    for (int seed = 0; seed < TRIES; seed++) {
      Files.write(file, damaged(sound, new Random(seed)));
      readsOrRefuses(TraceFormat.PERF_DATA, file, seed);
    }
  }

  /** Texts of several lines a record, of perf and of JSON, and one in another encoding. */
  private static Map<String, byte[]> texts() throws IOException {
    return Map.of(
        "stacks", PrintedTest.text("stacks").getBytes(StandardCharsets.UTF_8),
        "interrupts", PrintedTest.text("interrupts").getBytes(StandardCharsets.UTF_8),
        "mixed-in", PrintedTest.text("mixed-in").getBytes(StandardCharsets.UTF_8),
        "utf-16", PrintedTest.text("no-time").getBytes(StandardCharsets.UTF_16),
        "array", array());
  }

  private static byte[] array() throws IOException {
    String lines = new String(sound(TraceFormat.JSONL), StandardCharsets.UTF_8);
    return ("[\n" + lines.replace("\n", ",\n").replace(",\"", ",\n  \"") + "\n]\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stacks", "interrupts", "mixed-in", "utf-16", "array"})
  void damageToATextIsNeverMoreThanATraceException(String name, @TempDir Path folder)
      throws IOException {
    byte[] sound = texts().get(name);
    TraceFormat format = name.equals("array") ? TraceFormat.JSONL : TraceFormat.PERF_SCRIPT;
    Path file = Files.write(folder.resolve("damaged"), sound);
    assertThat(Traces.readAll(format, file).frames()).isNotEmpty();
    for (int seed = 0; seed < TRIES / 2; seed++) {
      Files.write(file, damaged(sound, new Random(seed)));
      readsOrRefuses(format, file, seed);
    }
  }

  /** Whether the file could be read; its records are counted on the way. */
  private static boolean readsOrRefuses(TraceFormat format, Path file, int seed) {
    return assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try {
            assertThat(TraceFormat.claimants(Head.of(file))).hasSizeLessThanOrEqualTo(1);
            Traces.readAll(format, file);
            return true;
          } catch (TraceException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
            return false;
          } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
          }
        });
  }

  private static byte[] sound(TraceFormat format) throws IOException {
    Path workload = Traces.samples().resolve(WORKLOAD);
    return switch (format) {
      case PERF_DATA -> Files.readAllBytes(Traces.perfData(WORKLOAD));
      case PERF_SCRIPT -> Traces.perfScript(workload);
      case FTRACE -> startOf(Traces.samples().resolve("flavours").resolve("probes.trace.gz"));
      case JSONL ->
          Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData(WORKLOAD)).frames().stream()
              .map(Traces::json)
              .collect(Collectors.joining("\n"))
              .getBytes(StandardCharsets.UTF_8);
      case PARQUET ->
          Traces.parquet(Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData(WORKLOAD)).frames());
    };
  }

  /** The start of a text, unpacked; its last line may be cut in half. */
  private static byte[] startOf(Path packed) throws IOException {
    try (InputStream in = TraceBytes.open(NamedFile.of(packed))) {
      return in.readNBytes(1 << 18);
    }
  }

  /** One to eight injuries, each near the start, near the end, or anywhere. */
  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int i = 0; i <= random.nextInt(8) && bytes.length > 0; i++) {
      bytes = injured(bytes, random);
    }
    return bytes;
  }

  private static byte[] injured(byte[] bytes, Random random) {
    int at = place(bytes.length, random);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> splice(bytes, at, at, randomBytes(1 + random.nextInt(40), random));
      case 2 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(40)), new byte[0]);
      case 3 -> overwritten(bytes, at, (byte) (random.nextBoolean() ? 0xff : 0), random);
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
    };
  }

  private static int place(int length, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(Math.min(length, 1024));
      case 1 -> length - 1 - random.nextInt(Math.min(length, 16 * 1024));
      default -> random.nextInt(length);
    };
  }

  private static byte[] overwritten(byte[] bytes, int at, byte with, Random random) {
    Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(16)), with);
    return bytes;
  }

  private static byte[] randomBytes(int count, Random random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length)) {
      out.write(bytes, 0, from);
      out.write(between);
      out.write(bytes, to, bytes.length - to);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
