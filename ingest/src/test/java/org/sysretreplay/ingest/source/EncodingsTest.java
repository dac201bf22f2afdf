package org.sysretreplay.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfscript.PrintedTest;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A text gives the same records in every encoding and compression, or is refused with a reason. */
class EncodingsTest {

  @TempDir Path folder;

  /** A text of every text format. */
  private enum Text {
    SCRIPT(TraceFormat.PERF_SCRIPT),
    STACKS(TraceFormat.PERF_SCRIPT),
    FTRACE(TraceFormat.FTRACE),
    LINES(TraceFormat.JSONL),
    ARRAY(TraceFormat.JSONL);

    private final TraceFormat format;

    Text(TraceFormat format) {
      this.format = format;
    }

    String text() throws IOException {
      return switch (this) {
        case SCRIPT -> PrintedTest.text("plain");
        case STACKS -> PrintedTest.text("stacks");
        case FTRACE -> probes();
        case LINES -> objects("\n");
        case ARRAY -> "[\n" + objects(",\n").replace(",\"", ",\n    \"") + "\n]\n";
      };
    }

    private static String probes() throws IOException {
      byte[] all = Traces.unpacked(Traces.samples().resolve("flavours/probes.trace.gz"));
      return new String(Arrays.copyOf(all, 1 << 16), UTF_8).replaceFirst("[^\n]*$", "");
    }

    private static String objects(String between) {
      return Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames().stream()
          .map(Traces::json)
          .collect(Collectors.joining(between));
    }
  }

  private Traces.Whole read(Text text, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("text"), bytes);
    assertThat(TraceFormat.of(file)).contains(text.format);
    return Traces.readAll(text.format, file);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List.of(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] bytes(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(Text.class)
  void aTextIsTheSameInEveryEncodingThatSaysWhatItIs(Text text) throws IOException {
    // The name of a thread in which each encoding differs, and a pair of characters is one.
    String all =
        text.text().replace("\"rip\"", "\"comm\":\"gr\u00f6\u00dfe \ud83d\ude00\",\"rip\"");
    Traces.Whole plain = read(text, all.getBytes(UTF_8));
    assertThat(plain.frames()).hasSizeGreaterThan(100);
    assertThat(plain.rejects()).isEmpty();
    assertThat(read(text, join(bytes(0xef, 0xbb, 0xbf), all.getBytes(UTF_8)))).isEqualTo(plain);
    assertThat(read(text, join(bytes(0xff, 0xfe), all.getBytes(UTF_16LE)))).isEqualTo(plain);
    assertThat(read(text, join(bytes(0xfe, 0xff), all.getBytes(UTF_16BE)))).isEqualTo(plain);
    String windows = all.replace("\n", "\r\n");
    assertThat(read(text, join(bytes(0xff, 0xfe), windows.getBytes(UTF_16LE)))).isEqualTo(plain);
    assertThat(read(text, windows.getBytes(UTF_8))).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource(Text.class)
  void aTextIsTheSameInSeveralGzipMembersAndInXz(Text text) throws IOException {
    byte[] all = text.text().getBytes(UTF_8);
    Traces.Whole plain = read(text, all);
    byte[] members =
        join(
            gzip(Arrays.copyOf(all, all.length / 3)),
            gzip(new byte[0]),
            gzip(Arrays.copyOfRange(all, all.length / 3, all.length)));
    assertThat(read(text, members)).isEqualTo(plain);
    assertThat(read(text, join(members, new byte[600]))).isEqualTo(plain);
    byte[] streams =
        join(
            xz(Arrays.copyOf(all, all.length / 3)),
            xz(Arrays.copyOfRange(all, all.length / 3, all.length)));
    assertThat(read(text, streams)).isEqualTo(plain);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(packed, new LZMA2Options(1))) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void bytesBehindTheLastGzipMemberAreDamage() throws IOException {
    byte[] all = Text.SCRIPT.text().getBytes(UTF_8);
    byte[] second = gzip(all);
    second[1] ^= 1;
    Traces.Whole read = read(Text.SCRIPT, join(gzip(all), second));
    assertThat(read.frames()).hasSize(read(Text.SCRIPT, all).frames().size());
    assertThat(read.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.BROKEN_FRAMING);
    assertThat(read.rejects().get(0).detail()).contains("follows the last whole member");
  }

  @Test
  void aCutXzFileIsTheLastReject() throws IOException {
    byte[] packed = xz(Text.SCRIPT.text().getBytes(UTF_8));
    Traces.Whole read = read(Text.SCRIPT, Arrays.copyOf(packed, packed.length - 20));
    assertThat(read.frames()).isNotEmpty();
    assertThat(read.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.BROKEN_FRAMING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b0304|a zip archive; unpack it (unzip) and give what is in it.",
        "425a6839|packed with bzip2; unpack it (bunzip2), or pack it with gzip, xz or zstd.",
        "377abcaf271c|a 7z archive; unpack it (7z x) and give what is in it.",
        "04224d18|packed with lz4; unpack it (unlz4), or pack it with gzip, xz or zstd.",
        "1f9d90|packed with compress; unpack it (uncompress).",
        "17084474726163696e67|a recording of trace-cmd; print it as text (trace-cmd report -t) and give that.",
        "0000000000000000|a file that begins with zeroes; copy it whole, or record again: perf writes the start of a recording last.",
        "6100620063006400|text in UTF-16 without a mark; make it UTF-8 (iconv -f UTF-16LE -t UTF-8).",
        "0061006200630064|text in UTF-16 without a mark; make it UTF-8 (iconv -f UTF-16BE -t UTF-8)."
      })
  void anArchiveIsRefusedByItsKind(String magic, String sentence) throws IOException {
    byte[] bytes = join(HexFormat.of().parseHex(magic), new byte[] {1, 1, 1, 1, 1, 1, 1});
    Path file = Files.write(folder.resolve("file"), bytes);
    for (Optional<TraceFormat> format :
        List.of(Optional.<TraceFormat>empty(), Optional.of(TraceFormat.PERF_SCRIPT))) {
      assertThat(TraceInputs.find(List.of(file), Optional.empty(), format).unreadable())
          .singleElement()
          .satisfies(it -> assertThat(it).hasMessage(file + ": it is " + sentence));
    }
  }

  @Test
  void anArchiveInAPackedFileIsRefusedToo() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
    Path file = Files.write(folder.resolve("x.tar.gz"), gzip(tar));
    assertThat(TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()).unreadable())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .hasMessage(
                        file
                            + ": it is a tar archive; unpack it (tar -xf) and give what is in it."));
  }

  @Test
  void aMagicNumberIsOfNoOtherFormat() {
    Path file = Traces.perfData("trap-flag");
    assertThat(
            TraceInputs.find(List.of(file), Optional.empty(), Optional.of(TraceFormat.JSONL))
                .unreadable())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .hasMessage(
                        file
                            + ": it begins as perf-data does, and cannot be read as jsonl; ask for no"
                            + " format, or for perf-data."));
  }
}
