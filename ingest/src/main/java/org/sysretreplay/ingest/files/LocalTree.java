package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/** A folder of a file system that the JDK knows, usually of this machine. */
final class LocalTree implements FileTree {

  /** How often a folder is made again that other writers delete. */
  private static final int MOST_TRIES = 10;

  private final Path root;

  LocalTree(Path root) {
    this.root = root;
  }

  private Path at(String path) throws IOException {
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw new FileSystemException(path, null, "no file can have this name here");
    }
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(at(folder))) {
      return entries.map(LocalTree::entry).sorted(Comparator.comparing(Entry::name)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Entry entry(Path path) {
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return new Entry(
          path.getFileName().toString(), is.isDirectory(), is.isDirectory() ? 0 : is.size());
    } catch (NoSuchFileException e) {
      // It has just been deleted, or is a dangling link: whoever opens it gets the error.
      return new Entry(path.getFileName().toString(), false, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void createFolders(String folder) throws IOException {
    Files.createDirectories(at(folder));
  }

  @Override
  public InputFile open(String file) throws IOException {
    return new LocalFile(at(file));
  }

  @Override
  public long sizeBytes(String file) throws IOException {
    try {
      return Files.size(at(file));
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  @Override
  public NewFile create(String file) throws IOException {
    Path place = at(file);
    return TemporaryFiles.unlessEnding(
        () -> {
          createFolder(place);
          return new LocalNewFile(place);
        });
  }

  @Override
  public void delete(String path) throws IOException {
    try {
      Files.deleteIfExists(at(path));
    } catch (DirectoryNotEmptyException e) {
      // Somebody else has files in it.
    }
  }

  @Override
  public boolean locksEndWithTheirProcess() {
    return true;
  }

  @Override
  public Optional<Closeable> tryShare(String lock) throws IOException {
    return LocalLocks.tryHold(at(lock), false);
  }

  @Override
  public Optional<Closeable> tryLock(String lock) throws IOException {
    return LocalLocks.tryHold(at(lock), true);
  }

  @Override
  public String locate(String path) {
    return root.resolve(path).toAbsolutePath().toString();
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private static void createFolder(Path file) throws IOException {
    again(() -> Files.createDirectories(file.getParent()), () -> {});
  }

  private interface Remedy {
    void take() throws IOException;
  }

  /** Tries again, since other writers may delete empty folders at any moment. */
  private static <T> T again(Step<T> step, Remedy remedy) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return step.take();
      } catch (NoSuchFileException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        remedy.take();
      }
    }
  }

  /** Is written beside its final path under a hidden name, and renamed when it is published. */
  private static final class LocalNewFile implements NewFile {

    private final Path place;
    private final Path aside;
    private final DigestedOutput output = new DigestedOutput(this::open);
    private boolean published;

    LocalNewFile(Path place) {
      this.place = place;
      aside = place.resolveSibling(NewFile.temporaryName());
    }

    private OutputStream open() throws IOException {
      FileChannel channel =
          TemporaryFiles.unlessEnding(() -> again(this::channel, () -> createFolder(aside)));
      OutputStream to = Channels.newOutputStream(channel);
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          to.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          to.write(bytes, offset, length);
        }

        /** Forces the content to the disk, which must not have the name before the content. */
        @Override
        public void close() throws IOException {
          try (channel) {
            if (channel.isOpen()) {
              channel.force(true);
            }
          }
        }
      };
    }

    private FileChannel channel() throws IOException {
      return FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public OutputFile output() {
      return output;
    }

    @Override
    public Content publish() throws IOException {
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      published = true;
      forceFolder(place.getParent());
      return output.content();
    }

    /**
     * Forces the folder to the disk, so that the new name survives a crash. Not every file system
     * can do that.
     */
    private static void forceFolder(Path folder) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // The file has its name all the same.
      }
    }

    @Override
    public void close() throws IOException {
      if (!published) {
        Files.deleteIfExists(aside);
      }
    }
  }
}
