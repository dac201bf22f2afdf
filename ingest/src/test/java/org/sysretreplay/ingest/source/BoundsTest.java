package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TemporaryFiles;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Small files that would become large: they would fill a disk or the memory, or take an hour. */
class BoundsTest {

  private static final String REQUIRED =
      "{\"rip\":1,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}\n";

  @TempDir Path folder;

  private enum Packer {
    GZIP {
      @Override
      OutputStream into(OutputStream to) throws IOException {
        return new GZIPOutputStream(to);
      }
    },
    ZSTD {
      @Override
      OutputStream into(OutputStream to) throws IOException {
        return new ZstdOutputStream(to);
      }
    },
    XZ {
      @Override
      OutputStream into(OutputStream to) throws IOException {
        return new XZOutputStream(to, new LZMA2Options(0));
      }
    };

    abstract OutputStream into(OutputStream to) throws IOException;
  }

  /**
   * A start and many times the same block. A bomb of 4 GB works the same way but takes longer to
   * make.
   */
  private Path bomb(Packer packer, String start, byte[] block, int times) throws IOException {
    Path file = folder.resolve("bomb");
    try (OutputStream to =
        packer.into(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      to.write(start.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < times; i++) {
        to.write(block);
      }
    }
    return file;
  }

  private TraceInput input(Path file, Bounds bounds) {
    TraceInputs found = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty(), bounds);
    if (!found.unreadable().isEmpty()) {
      throw found.unreadable().get(0);
    }
    return found.traces().get(0);
  }

  private record Read(Counts counts, List<Reject> rejects) {}

  private static Read read(TraceInput input) {
    List<Reject> rejects = new ArrayList<>();
    try (CountingReader reader = input.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        if (reader.next() instanceof TraceRecord.Rejected it) {
          rejects.add(it.reject());
        }
      }
      return new Read(reader.counts(), rejects);
    }
  }

  private static List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(TemporaryFiles.folder())) {
      return files.toList();
    }
  }

  /** 300 MB of a few kilobytes. */
  @ParameterizedTest
  @EnumSource(Packer.class)
  void aPackedRecordingDoesNotFillTheDisk(Packer packer) throws IOException {
    Path file = bomb(packer, "PERFILE2", new byte[1 << 20], 300);
    List<Path> before = temporaryFiles();
    assertThatThrownBy(() -> read(input(file, Bounds.USUAL)))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "%s: of %,d packed bytes more than %,d come out, over 200 times as many; if the file is"
                    .formatted(file, Files.size(file), Math.max(1 << 28, 200 * Files.size(file)))
                + " yours, give --max-ratio a larger number.");
    assertThat(temporaryFiles()).isSubsetOf(before);
  }

  @Test
  void aPackedTextEndsAtTheSameBound() throws IOException {
    byte[] lines = (" ".repeat(1023) + "\n").repeat(1 << 10).getBytes(StandardCharsets.UTF_8);
    Path file = bomb(Packer.ZSTD, REQUIRED, lines, 300);
    assertThatThrownBy(() -> read(input(file, Bounds.USUAL)))
        .hasMessageContaining("packed bytes more than 268,435,456 come out")
        .hasMessageEndingWith("give --max-ratio a larger number.");
    assertThat(read(input(file, new Bounds(1 << 20, 0, 10))).counts().accepted()).isEqualTo(1);
  }

  @Test
  void theFolderForTemporaryFilesIsBoundedByItself() throws IOException {
    Path file = bomb(Packer.GZIP, "PERFILE2", new byte[1 << 20], 4);
    assertThatThrownBy(() -> read(input(file, new Bounds(1000, 1 << 20, 10))))
        .hasMessageContaining(
            "more than 1,048,576 bytes would go into the folder for temporary files")
        .hasMessageEndingWith("allow more with --max-temp.");
  }

  @Test
  void standardInputWithoutEndIsBounded() throws IOException {
    List<Path> before = temporaryFiles();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '{';
          }
        };
    TraceInputs found =
        TraceInputs.find(
            List.of(Path.of("-")),
            Optional.empty(),
            Optional.empty(),
            new Bounds(1, 1 << 20, 10),
            Files::list,
            new SequenceInputStream(endless, endless));
    assertThat(found.unreadable().get(0))
        .hasMessageStartingWith("stdin: more than 1,048,576 bytes would go into the folder");
    assertThat(temporaryFiles()).isSubsetOf(before);
  }

  @Test
  void ofManyRejectsTheFirstAreKeptAndAllAreCounted() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.jsonl"), REQUIRED + "x\n".repeat(500) + "{\"rip\":1}\n".repeat(7));
    Read read = read(input(file, new Bounds(200, 0, 100)));
    assertThat(read.counts()).isEqualTo(new Counts(508, 1, 507, 0, 0));
    assertThat(read.rejects()).hasSize(102);
    assertThat(read.rejects().subList(0, 100))
        .allMatch(it -> it.count() == 1 && it.excerpt().equals("x"));
    assertThat(read.rejects().subList(100, 102))
        .extracting(Reject::reason, Reject::count, it -> it.place().position())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RejectReason.MALFORMED_JSON, 400L, 102L),
            org.assertj.core.groups.Tuple.tuple(RejectReason.FIELD_MISSING, 7L, 502L));
  }

  @Test
  void noneNeedsToBeKept() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), REQUIRED + "x\n".repeat(9));
    Read read = read(input(file, new Bounds(200, 0, 0)));
    assertThat(read.counts()).isEqualTo(new Counts(10, 1, 9, 0, 0));
    assertThat(read.rejects()).extracting(Reject::count).containsExactly(9L);
  }

  @Test
  void aTextWithHardlyASoundLineIsNotReadOn() throws IOException {
    byte[] bad = "x\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    Path file = bomb(Packer.GZIP, REQUIRED, bad, 32);
    assertThatThrownBy(() -> read(input(file, Bounds.USUAL)))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(
            file
                + ": of its first 1,000,001 records 1,000,000 are broken; the last one: the line is not a JSON object")
        .hasMessageEndingWith("or read on with a larger --max-rejects.");
    assertThat(read(input(file, new Bounds(200, 0, 100_000))).counts())
        .isEqualTo(new Counts((32 << 16) + 1, 1, 32 << 16, 0, 0));
  }
}
