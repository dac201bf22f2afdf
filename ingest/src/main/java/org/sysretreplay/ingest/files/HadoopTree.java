package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** A folder of a file system that Hadoop knows. */
final class HadoopTree implements FileTree {

  /**
   * The schemes of object stores. They show a file only once it is closed, and rename by copying,
   * so that their files are written in place (Hadoop's documents of these file systems).
   */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "gs", "oss", "cosn", "obs");

  private static final long DEAD_LOCK_MILLIS = 600_000;

  private final FileSystem files;
  private final Path root;
  private final Configuration options;

  private HadoopTree(FileSystem files, Path root, Configuration options) {
    this.files = files;
    this.root = root;
    this.options = options;
  }

  /** The location is taken literally: Hadoop does not decode percent signs. */
  static HadoopTree at(String location, Map<String, String> options) throws IOException {
    Path root = new Path(location);
    String scheme = root.toUri().getScheme().toLowerCase(Locale.ROOT);
    try {
      Configuration configuration = configuration(options);
      return new HadoopTree(root.getFileSystem(configuration), root, configuration);
    } catch (UnsupportedFileSystemException | LinkageError e) {
      throw new UnknownSchemeException(scheme, e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new UnknownSchemeException(scheme, e);
      }
      throw e;
    }
  }

  private static Configuration configuration(Map<String, String> options) {
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    return configuration;
  }

  static InputFile input(String location, Map<String, String> options) throws IOException {
    return at(location, options).open("");
  }

  private Path at(String path) {
    return path.isEmpty() ? root : new Path(root, new Path(null, null, path));
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    try {
      return Stream.of(files.listStatus(at(folder)))
          .map(HadoopTree::entry)
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static Entry entry(FileStatus status) {
    return new Entry(
        status.getPath().getName(),
        status.isDirectory(),
        status.isDirectory() ? 0 : status.getLen());
  }

  @Override
  public void createFolders(String folder) throws IOException {
    if (!files.mkdirs(at(folder))) {
      throw new IOException("the folder cannot be made");
    }
  }

  @Override
  public InputFile open(String file) throws IOException {
    return HadoopInputFile.fromPath(at(file), options);
  }

  @Override
  public long sizeBytes(String file) throws IOException {
    try {
      return files.getFileStatus(at(file)).getLen();
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  @Override
  public NewFile create(String file) throws IOException {
    Path place = at(file);
    if (OBJECT_STORES.contains(files.getScheme())) {
      return new HadoopNewFile(place, place, !files.exists(place));
    }
    createParent(place);
    return new HadoopNewFile(place, new Path(place.getParent(), NewFile.temporaryName()), true);
  }

  private void createParent(Path place) throws IOException {
    if (!files.mkdirs(place.getParent())) {
      throw new IOException("the folder cannot be made");
    }
  }

  @Override
  public void delete(String path) throws IOException {
    try {
      files.delete(at(path), false);
    } catch (IOException e) {
      // Every file system has an error of its own for a folder that has files in it.
      if (!hasEntries(at(path))) {
        throw e;
      }
    }
  }

  private boolean hasEntries(Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory() && files.listStatus(path).length > 0;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public boolean locksEndWithTheirProcess() {
    return false;
  }

  /** Always succeeds: Hadoop's file systems have no shared locks. */
  @Override
  public Optional<Closeable> tryShare(String lock) {
    return Optional.of(() -> {});
  }

  /**
   * The lock is a file that only one process can create. Locks are held for seconds, so that one
   * which is ten minutes old is taken for that of a dead process and deleted.
   */
  @Override
  public Optional<Closeable> tryLock(String lock) throws IOException {
    Path file = at(lock);
    String owner = UUID.randomUUID().toString();
    try {
      try (FSDataOutputStream created = files.create(file, false)) {
        created.writeUTF(owner);
      }
      return Optional.of(() -> release(file, owner));
    } catch (FileAlreadyExistsException e) {
      breakDead(file);
      return Optional.empty();
    }
  }

  /** Another writer may have taken this lock for that of a dead process, and hold it now. */
  private void release(Path lock, String owner) throws IOException {
    boolean isOurs;
    try (FSDataInputStream held = files.open(lock)) {
      isOurs = held.readUTF().equals(owner);
    } catch (FileNotFoundException | EOFException e) {
      isOurs = false;
    }
    if (isOurs) {
      files.delete(lock, false);
    }
  }

  private void breakDead(Path lock) throws IOException {
    try {
      long age = System.currentTimeMillis() - files.getFileStatus(lock).getModificationTime();
      if (age > DEAD_LOCK_MILLIS) {
        files.delete(lock, false);
      }
    } catch (FileNotFoundException e) {
      // It has just been released.
    }
  }

  @Override
  public String locate(String path) {
    return files.makeQualified(at(path)).toString();
  }

  private final class HadoopNewFile implements NewFile {

    private final Path place;
    private final Path aside;
    private final boolean isNew;
    private final DigestedOutput output = new DigestedOutput(this::open);
    private boolean published;

    /**
     * A file that is written aside, or in its place.
     *
     * @param isNew whether nothing is there that it would replace
     */
    HadoopNewFile(Path place, Path aside, boolean isNew) {
      this.place = place;
      this.aside = aside;
      this.isNew = isNew;
    }

    private OutputStream open() throws IOException {
      FSDataOutputStream to = files.create(aside, true);
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          to.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          to.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          try (to) {
            if (!aside.equals(place)) {
              to.hsync();
            }
          }
        }
      };
    }

    @Override
    public OutputFile output() {
      return output;
    }

    @Override
    public Content publish() throws IOException {
      if (!aside.equals(place)) {
        FileContext.getFileContext(files.getUri(), options)
            .rename(aside, place, Options.Rename.OVERWRITE);
      }
      published = true;
      return output.content();
    }

    @Override
    public void close() throws IOException {
      // What is written in its place may still be an earlier file, which nothing has replaced.
      if (!published && isNew) {
        files.delete(aside, false);
      }
    }
  }
}
