package org.sysretreplay.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file of this machine, as Parquet reads one. Parquet's own {@code LocalInputFile} makes a system
 * call for every byte that is read into an array (benchmark process/report-of-2000-traces).
 */
public final class LocalFile implements InputFile {

  private final Path path;

  /** The file at that path; only {@link #newStream} opens it. */
  public LocalFile(Path path) {
    this.path = path;
  }

  @Override
  public long getLength() throws IOException {
    return Files.size(path);
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    return new DelegatingSeekableInputStream(new Bytes(file)) {
      @Override
      public long getPos() throws IOException {
        return file.getFilePointer();
      }

      @Override
      public void seek(long position) throws IOException {
        file.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static final class Bytes extends InputStream {

    private final RandomAccessFile file;

    Bytes(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      return file.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return file.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
