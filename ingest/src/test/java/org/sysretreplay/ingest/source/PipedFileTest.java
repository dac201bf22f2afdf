package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;

/** Standard input and pipes, in every format. */
@Timeout(60)
class PipedFileTest {

  private static final Path STDIN = Path.of("-");

  @TempDir Path folder;

  private static TraceInputs find(byte[] stdin, Path... sources) {
    return TraceInputs.find(
        List.of(sources),
        Optional.empty(),
        Optional.empty(),
        Bounds.USUAL,
        Files::list,
        new ByteArrayInputStream(stdin));
  }

  /** A file in each format: perf.data written to a file and to a pipe, and packed ones. */
  static Stream<Path> traces() {
    Path flavours = Traces.samples().resolve("flavours");
    return Stream.of(
        Traces.perfData("trap-flag"),
        flavours.resolve("pipe.perf.data"),
        flavours.resolve("compressed-pipe.perf.data"),
        flavours.resolve("probes.perf.data.gz"),
        flavours.resolve("probes.trace.gz"),
        flavours.resolve("pipe.perf.script.gz"),
        Traces.samples().resolve("bad/field-missing.jsonl"));
  }

  private static Traces.Whole read(TraceInput input) {
    return Traces.readAll(input.format().open(Path.of(input.path()), Reading.ASSEMBLED));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void standardInputGivesTheRecordsOfTheFile(Path trace) throws IOException {
    TraceInput expected = find(new byte[0], trace).traces().get(0);
    TraceInput piped = find(Files.readAllBytes(trace), STDIN).traces().get(0);
    assertThat(piped.format()).isEqualTo(expected.format());
    assertThat(read(piped).frames()).isEqualTo(read(expected).frames()).isNotEmpty();
    assertThat(piped.file()).isEqualTo("stdin");
    assertThat(piped.workload()).isEqualTo("stdin");
    Files.delete(Path.of(piped.path()));
  }

  @Test
  void standardInputIsReadOnceHoweverOftenItIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(Traces.perfData("trap-flag"));
    assertThat(find(bytes, STDIN, STDIN).traces()).hasSize(1);
  }

  @Test
  void theSameBytesGetTheSameIdAndOthersAnother() throws IOException {
    byte[] bytes = "{\"rip\":1}\n".getBytes(StandardCharsets.UTF_8);
    byte[] others = "{\"rip\":2}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(find(bytes, STDIN).traces().get(0).traceId())
        .startsWith("stdin-")
        .isEqualTo(find(bytes, STDIN).traces().get(0).traceId())
        .isNotEqualTo(find(others, STDIN).traces().get(0).traceId());
  }

  @Test
  void rejectsNameStandardInput() throws IOException {
    byte[] bytes = Files.readAllBytes(Traces.samples().resolve("bad/field-missing.jsonl"));
    TraceInput piped = find(bytes, STDIN).traces().get(0);
    assertThat(Traces.readAll(piped.open(Reading.ASSEMBLED)).rejects())
        .extracting(Reject::sentence)
        .containsExactly(
            "stdin:4: no r11; give rip, rcx, r11, rflags, cs and ss on every line or in every row.");
  }

  @Test
  void theWorkloadOptionNamesStandardInputToo() {
    TraceInputs inputs =
        TraceInputs.find(
            List.of(STDIN),
            Optional.of("nginx"),
            Optional.of(TraceFormat.JSONL),
            Bounds.USUAL,
            Files::list,
            new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(inputs.traces()).extracting(TraceInput::workload).containsExactly("nginx");
  }

  @Test
  void emptyStandardInputIsAnErrorWithARemedy() {
    assertThat(find(new byte[0], STDIN).unreadable())
        .extracting(Throwable::getMessage)
        .containsExactly(
            "stdin: nothing came through it; see what the command says that writes into it.");
  }

  @Test
  void standardInputThatCannotBeReadIsAnError() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the other end is gone");
          }
        };
    TraceInputs inputs =
        TraceInputs.find(
            List.of(STDIN), Optional.empty(), Optional.empty(), Bounds.USUAL, Files::list, broken);
    assertThat(inputs.unreadable())
        .extracting(Throwable::getMessage)
        .containsExactly(
            "stdin: it cannot be read (the other end is gone); check its permissions.");
  }

  @Test
  void inputThatIsNoTraceIsRefusedByTheNameOfThePipe() {
    assertThat(find("hello\n".getBytes(StandardCharsets.UTF_8), STDIN).unreadable())
        .extracting(Throwable::getMessage)
        .singleElement()
        .asString()
        .startsWith("stdin: it is in no trace format that is known here; give a perf.data");
  }

  @Test
  void aNamedPipeIsReadUnderItsName() throws Exception {
    Path pipe = folder.resolve("nginx.fifo.perf.data");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
    byte[] bytes = Files.readAllBytes(Traces.perfData("trap-flag"));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.write(pipe, bytes);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    TraceInputs inputs = find(new byte[0], pipe);
    writer.get(10, TimeUnit.SECONDS);
    assertThat(inputs.unreadable()).isEmpty();
    TraceInput input = inputs.traces().get(0);
    assertThat(input.file()).isEqualTo(pipe.toString());
    assertThat(input.workload()).isEqualTo("nginx.fifo");
    assertThat(input.traceId()).startsWith("nginx.fifo.perf.data-");
    assertThat(Files.readAllBytes(Path.of(input.path()))).isEqualTo(bytes);
  }

  @Test
  void aDeviceIsNoTrace() {
    Path device = Path.of("/dev/null");
    assumeThat(Files.exists(device)).isTrue();
    assertThat(find(new byte[0], device).unreadable())
        .extracting(Throwable::getMessage)
        .singleElement()
        .asString()
        .startsWith("/dev/null: it is not a regular file; give");
  }
}
