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

/** Serializes objects that travel between machines. */
final class Portable {

  private Portable() {}

  /** The object as bytes for {@link #of}. */
  static byte[] bytes(Object object) {
    return bytes(object, false);
  }

  /**
   * A failure as bytes, without anything that is not serializable: causes may refer to open files,
   * and only the message is needed.
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

  /** The object in the bytes; the caller has to know its type. */
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
   * Looks for classes in two class loaders: an executor has this program's classes only in the
   * loader of its thread, and the threads of a notebook may have another.
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
          // The next loader may have it.
        }
      }
      // Primitive types have no class loader.
      return super.resolveClass(description);
    }
  }
}
