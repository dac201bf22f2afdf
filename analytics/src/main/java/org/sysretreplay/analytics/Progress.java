package org.sysretreplay.analytics;

/** Follows work while it is done. */
@FunctionalInterface
public interface Progress {

  /** Nobody looks. */
  Progress NONE = (name, items) -> Bar.NONE;

  /**
   * Work of that name begins.
   *
   * @param items how many there are
   */
  Bar begin(String name, int items);

  /** One piece of work that is followed. */
  interface Bar extends AutoCloseable {

    /** Nobody looks. */
    Bar NONE =
        new Bar() {
          @Override
          public void step() {
            // Nobody looks.
          }

          @Override
          public void close() {
            // Nobody looks.
          }
        };

    /** One item more is done; called by any thread. */
    void step();

    @Override
    void close();
  }
}
