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

  /** The same, of work whose size is known; each step then says how much was done. */
  default Bar begin(String name, int items, Amount all) {
    return begin(name, items);
  }

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

    /** One item more is done, which was so much. */
    default void step(Amount done) {
      step();
    }

    @Override
    void close();
  }
}
