package org.sysretreplay.ingest.columnar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A small Parquet file in memory, for writing and for reading. */
public final class MemoryFile {

  private MemoryFile() {}

  /** An output in memory. */
  public static final class Output implements OutputFile {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The bytes of the file, once it is closed. */
    public byte[] bytes() {
      return bytes.toByteArray();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int b) {
          bytes.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
          bytes.write(from, offset, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** An input that reads these bytes. */
  public static InputFile of(byte[] bytes) {
    return new InputFile() {
      @Override
      public long getLength() {
        return bytes.length;
      }

      @Override
      public SeekableInputStream newStream() {
        Stream stream = new Stream(bytes);
        return new DelegatingSeekableInputStream(stream) {
          @Override
          public long getPos() {
            return stream.position();
          }

          @Override
          public void seek(long position) {
            stream.seek(Math.toIntExact(position));
          }
        };
      }
    };
  }

  private static final class Stream extends ByteArrayInputStream {

    Stream(byte[] bytes) {
      super(bytes);
    }

    int position() {
      return pos;
    }

    void seek(int position) {
      pos = position;
    }
  }
}
