package org.sysretreplay.ingest.files;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The files of this machine, but changes to them are counted and chosen ones fail. Reads never
 * fail.
 */
public final class FaultyFileSystem extends FileSystem {

  /** The kinds of changes to a file or folder. */
  public enum Change {
    CREATE_FOLDER,
    OPEN,
    LOCK,
    WRITE,
    FORCE,
    MOVE,
    DELETE
  }

  /** The ways in which changes fail. */
  public enum Harm {
    /** One change is not made, or, if it is a write, only half of it. */
    ONCE,
    /** One change is not made, and none after it. */
    FROM_THEN_ON,
    /** One change is made and yet reports an error, as when a network breaks. */
    ANSWER_LOST
  }

  /** The error that is reported. */
  public enum Fault {
    BROKEN_DISK,
    FULL_DISK,
    FORBIDDEN;

    IOException of(String path) {
      return switch (this) {
        case BROKEN_DISK -> new FileSystemException(path, null, "Input/output error");
        case FULL_DISK -> new FileSystemException(path, null, "No space left on device");
        case FORBIDDEN -> new AccessDeniedException(path);
      };
    }
  }

  private final FileSystem real = FileSystems.getDefault();
  private final Provider provider = new Provider();
  private final int point;
  private final Harm harm;
  private final Fault fault;
  private final BiConsumer<Change, Path> before;
  private final List<Change> changes = new ArrayList<>();
  private final List<Change> failed = new ArrayList<>();

  /**
   * Lets one change fail.
   *
   * @param point which one, from 1; 0 for none
   */
  public FaultyFileSystem(int point, Harm harm, Fault fault) {
    this(point, harm, fault, (change, path) -> {});
  }

  private FaultyFileSystem(int point, Harm harm, Fault fault, BiConsumer<Change, Path> before) {
    this.point = point;
    this.harm = harm;
    this.fault = fault;
    this.before = before;
  }

  /** Counts, and lets nothing fail. */
  public static FaultyFileSystem unharmed() {
    return watched((change, path) -> {});
  }

  /**
   * Lets nothing fail.
   *
   * @param before is called before every change
   */
  public static FaultyFileSystem watched(BiConsumer<Change, Path> before) {
    return new FaultyFileSystem(0, Harm.ONCE, Fault.BROKEN_DISK, before);
  }

  /** A path of this machine, whose changes go through this file system. */
  public Path at(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyFileSystem.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new FaultyPath(path));
  }

  /** All changes so far, those that failed too. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /** The changes that failed. */
  public List<Change> failed() {
    return List.copyOf(failed);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void change(Change change, Path path, Step whole, Step half) throws IOException {
    changes.add(change);
    before.accept(change, path);
    boolean fails =
        point > 0
            && (harm == Harm.FROM_THEN_ON ? changes.size() >= point : changes.size() == point);
    if (!fails) {
      whole.run();
      return;
    }
    failed.add(change);
    (harm == Harm.ANSWER_LOST ? whole : half).run();
    throw fault.of(path.toString());
  }

  private void change(Change change, Path path, Step whole) throws IOException {
    change(change, path, whole, () -> {});
  }

  private static Object plain(Object argument) {
    return argument instanceof Path path ? plain(path) : argument;
  }

  private static Path plain(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof FaultyPath faulty
        ? faulty.path
        : path;
  }

  /** Delegates to a path of this machine; paths made from it belong to this file system too. */
  private final class FaultyPath implements InvocationHandler {

    private final Path path;

    FaultyPath(Path path) {
      this.path = path;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return FaultyFileSystem.this;
      }
      Object[] plain =
          arguments == null
              ? null
              : Stream.of(arguments).map(FaultyFileSystem::plain).toArray(Object[]::new);
      try {
        Object result = method.invoke(path, plain);
        return result instanceof Path made ? at(made) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private final class Provider extends FileSystemProvider {

    private final FileSystemProvider files = real.provider();

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      Path path = plain(folder);
      change(Change.CREATE_FOLDER, path, () -> files.createDirectory(path, attributes));
    }

    @Override
    public FileChannel newFileChannel(
        Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      Path path = plain(file);
      if (!options.contains(StandardOpenOption.WRITE)
          && !options.contains(StandardOpenOption.APPEND)) {
        return new FaultyChannel(path, files.newFileChannel(path, options, attributes));
      }
      List<FileChannel> opened = new ArrayList<>();
      try {
        change(
            Change.OPEN, path, () -> opened.add(files.newFileChannel(path, options, attributes)));
      } catch (IOException e) {
        for (FileChannel lost : opened) {
          lost.close();
        }
        throw e;
      }
      return new FaultyChannel(path, opened.get(0));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return newFileChannel(file, options, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      change(Change.DELETE, plain(path), () -> files.delete(plain(path)));
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      change(Change.MOVE, plain(from), () -> files.move(plain(from), plain(to), options));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
      throw new UnsupportedOperationException("no store copies files");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
      throw new UnsupportedOperationException("no store sets attributes");
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      DirectoryStream<Path> entries = files.newDirectoryStream(plain(folder), filter);
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> paths = entries.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return paths.hasNext();
            }

            @Override
            public Path next() {
              return at(paths.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          entries.close();
        }
      };
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return files.isSameFile(plain(one), plain(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return files.isHidden(plain(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return files.getFileStore(plain(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      files.checkAccess(plain(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return files.getFileAttributeView(plain(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return files.readAttributes(plain(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      return files.readAttributes(plain(path), names, options);
    }

    @Override
    public String getScheme() {
      return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
      throw new UnsupportedOperationException("a test makes it");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return FaultyFileSystem.this;
    }

    @Override
    public Path getPath(URI uri) {
      return at(Path.of(uri.getPath()));
    }
  }

  private final class FaultyChannel extends FileChannel {

    private final Path path;
    private final FileChannel channel;

    FaultyChannel(Path path, FileChannel channel) {
      this.path = path;
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int size = bytes.remaining();
      change(
          Change.WRITE,
          path,
          () -> channel.write(bytes),
          () -> channel.write(bytes.slice(bytes.position(), size / 2)));
      return size - bytes.remaining();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException("no store writes so");
    }

    @Override
    public int write(ByteBuffer bytes, long position) {
      throw new UnsupportedOperationException("no store writes so");
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException("no store writes so");
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException("no store truncates files");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException("no store maps files");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException("no store waits for a lock");
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      List<FileLock> locks = new ArrayList<>();
      change(Change.LOCK, path, () -> locks.add(channel.tryLock(position, size, shared)), () -> {});
      return locks.get(0);
    }

    /** The files of a test need not outlive a crash. */
    @Override
    public void force(boolean metaData) throws IOException {
      change(Change.FORCE, path, () -> {});
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return channel.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
      return channel.read(to, offset, length);
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return channel.read(to, position);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
      return channel.transferTo(position, count, to);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the real one cannot be closed");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return real.getRootDirectories();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return at(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = real.getPathMatcher(pattern);
    return path -> matcher.matches(plain(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }
}
