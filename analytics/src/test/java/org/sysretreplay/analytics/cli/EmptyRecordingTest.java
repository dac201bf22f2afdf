package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Recordings without a single sample, in every format that can be recognised without one. */
class EmptyRecordingTest {

  private static final String FRAME =
      "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  private static final String SENTENCE =
      ": there is not one sample in it; record again while something runs, with"
          + " raw_syscalls:sys_exit among the events.";

  private static final String SENTENCE_OF_PERF_SCRIPT =
      ": there is not one sample in it: nothing was recorded, or perf script could not print it;"
          + " print it again, and see what perf script says.";

  @TempDir Path folder;

  /** A recording in which nothing happened. */
  enum Empty {
    PERF_DATA("idle.perf.data") {
      @Override
      void writeTo(Path file) throws IOException {
        Path recording = SampleTraces.ROOT.resolve("trap-flag/perf.data");
        Files.write(file, withoutSamples(Files.readAllBytes(recording)));
      }
    },
    PERF_DATA_OF_A_PIPE("idle.pipe.data") {
      @Override
      void writeTo(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("PERFILE2".getBytes(StandardCharsets.US_ASCII)).putLong(16);
        Files.write(
            file, bytes.putInt(FINISHED_ROUND).putShort((short) 0).putShort((short) 8).array());
      }
    },
    PERF_SCRIPT("idle.perf.script") {
      @Override
      void writeTo(Path file) throws IOException {
        Files.writeString(
            file,
            "# ========\n# captured on    : Sat Nov 28 13:30:47 2026\n# os release : 6.12.1\n# arch : x86_64\n# ========\n#\n");
      }
    },
    FTRACE("idle.trace") {
      @Override
      void writeTo(Path file) throws IOException {
        Files.writeString(
            file, "# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:2\n");
      }
    },
    PARQUET("idle.parquet") {
      @Override
      void writeTo(Path file) {
        ForeignParquet.run(
            ("copy (select 1::bigint as rip, 1::bigint as rcx, 2::bigint as r11, 2::bigint as"
                    + " rflags, 51::bigint as cs, 43::bigint as ss where false) to '%s' (format"
                    + " parquet)")
                .formatted(file));
      }
    };

    private static final int FINISHED_ROUND = 68;
    private static final int SAMPLE = 9;

    private final String file;

    Empty(String file) {
      this.file = file;
    }

    abstract void writeTo(Path file) throws IOException;

    Path in(Path folder) throws IOException {
      writeTo(folder.resolve(file));
      return folder.resolve(file);
    }

    /** The samples' type is made one that no reader knows. */
    private static byte[] withoutSamples(byte[] recording) {
      ByteBuffer bytes = ByteBuffer.wrap(recording).order(ByteOrder.LITTLE_ENDIAN);
      int at = (int) bytes.getLong(40);
      int end = at + (int) bytes.getLong(48);
      while (at < end) {
        if (bytes.getInt(at) == SAMPLE) {
          bytes.putInt(at, 40);
        }
        at += Short.toUnsignedInt(bytes.getShort(at + 6));
      }
      return recording;
    }
  }

  private Path sound() throws IOException {
    return Files.writeString(folder.resolve("sound.jsonl"), FRAME.repeat(3));
  }

  private static void assertTold(Result result, Path empty) {
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    boolean isPrinted = empty.toString().endsWith(".perf.script");
    assertThat(result.errLines())
        .contains("sysret-replay: " + empty + (isPrinted ? SENTENCE_OF_PERF_SCRIPT : SENTENCE));
  }

  @ParameterizedTest
  @EnumSource
  void isNoReasonToBeHappy(Empty empty) throws IOException {
    Path file = empty.in(folder);
    assertTold(CliRunner.run("check", file), file);
    assertTold(CliRunner.run("check", "--quiet", file), file);
    assertTold(CliRunner.run("ingest", file, "--into", folder.resolve("store")), file);
    assertTold(CliRunner.run("replay", file, "--output", folder.resolve("verdicts")), file);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotPassAGate(Empty empty) throws IOException {
    Path file = empty.in(folder);
    assertTold(CliRunner.run("compare", sound(), file, "--fail-below", "0"), file);
    assertTold(CliRunner.run("compare", file, sound(), "--fail-below", "0"), file);
    assertTold(CliRunner.run("compare", file, "@linux-6.9", "--fail-below", "0"), file);
  }

  @ParameterizedTest
  @EnumSource
  void amongOthersIsOneLineAndTheOthersAreReported(Empty empty) throws IOException {
    sound();
    Path file = empty.in(folder);
    Result result = CliRunner.run("check", folder);
    assertTold(result, file);
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.out()).contains("sound: 3 of 3 exits could return by SYSRET");
  }

  @Test
  void inAStoreBesideOthersItIsReadAsBefore() throws IOException {
    Path store = folder.resolve("store");
    Empty.PERF_DATA.in(folder);
    sound();
    Result ingested = CliRunner.run("ingest", folder, "--into", store);
    assertThat(ingested.exit()).isEqualTo(ExitCode.INPUT);
    Result report = CliRunner.run("report", store);
    assertThat(report.exit()).isZero();
    assertThat(report.out()).contains("sound: 3 of 3 exits could return by SYSRET");
  }

  @Test
  void aStoreOfNothingElseIsReadAndToldAsThat() throws IOException {
    Path store = folder.resolve("store");
    CliRunner.run("ingest", Empty.PERF_DATA.in(folder), "--into", store);
    Result report = CliRunner.run("report", store, "--format", "json");
    assertTold(report, store);
    assertThat(report.out()).contains("\"seen\" : 0");
  }
}
