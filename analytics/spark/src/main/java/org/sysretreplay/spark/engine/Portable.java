package org.sysretreplay.spark.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Objects as bytes, for the way between machines. */
final class Portable {

  private Portable() {}

  /** What {@link #of} reads again. */
  static byte[] bytes(Object object) {
    return bytes(object, false);
  }

  /**
   * A failure, without what cannot travel: causes may hold on to open files and the like, and the
   * message is what is wanted.
   */
  static byte[] bytesOfFailure(Object failure) {
    return bytes(failure, true);
  }

  private static byte[] bytes(Object object, boolean lenient) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new Writer(bytes, lenient)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The object, whose type the caller knows. */
  @SuppressWarnings("unchecked")
  static <T> T of(byte[] bytes) {
    try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes))) {
      return (T) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("another version of sysret-replay wrote this", e);
    }
  }

  private static final class Writer extends ObjectOutputStream {

    Writer(OutputStream out, boolean lenient) throws IOException {
      super(out);
      enableReplaceObject(lenient);
    }

    @Override
    protected Object replaceObject(Object object) {
      return object instanceof Serializable ? object : null;
    }
  }

  /**
   * An executor has our classes in the class loader of its thread only; the threads of a notebook
   * may have another.
   */
  private static final class Reader extends ObjectInputStream {

    private final List<ClassLoader> loaders =
        Stream.of(Thread.currentThread().getContextClassLoader(), Portable.class.getClassLoader())
            .filter(Objects::nonNull)
            .toList();

    Reader(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      for (ClassLoader each : loaders) {
        try {
          return Class.forName(description.getName(), false, each);
        } catch (ClassNotFoundException e) {
          // Others may have it.
        }
      }
      // Primitive types have no class loader.
      return super.resolveClass(description);
    }
  }
}
