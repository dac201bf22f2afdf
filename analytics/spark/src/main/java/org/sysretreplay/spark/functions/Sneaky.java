package org.sysretreplay.spark.functions;

/**
 * Throws checked exceptions without declaring them: Spark's analysis error is checked in Java, but
 * the methods that throw it do not declare it.
 */
final class Sneaky {

  private Sneaky() {}

  /** Throws the exception; the return type only lets callers write {@code throw}. */
  static RuntimeException thrown(Throwable any) {
    return Sneaky.<RuntimeException>as(any);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T as(Throwable any) throws T {
    throw (T) any;
  }
}
