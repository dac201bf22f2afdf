package org.sysretreplay.spark.functions;

/** Spark's analysis error is a checked exception to Java, and its own methods declare none. */
final class Sneaky {

  private Sneaky() {}

  /** Throws that; what it gives back is for the compiler alone. */
  static RuntimeException thrown(Throwable any) {
    return Sneaky.<RuntimeException>as(any);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T as(Throwable any) throws T {
    throw (T) any;
  }
}
