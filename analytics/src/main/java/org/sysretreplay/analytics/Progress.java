package org.sysretreplay.analytics;

/** Shows how far work has come. */
@FunctionalInterface
public interface Progress {

  /** Nobody looks. */
  Progress NONE = (name, items) -> Bar.NONE;

  /**
   * Begins to show work.
   *
   * @param name the name of the work, for people
   * @param items how many items it has
   */
  Bar begin(String name, int items);

  /**
   * The same for work whose size is known; each step then says how much was done.
   *
   * @param all the size of all items
   */
  default Bar begin(String name, int items, Amount all) {
    return begin(name, items);
  }

  /** The progress of one piece of work. */
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

    /** One more item is done; may be called by any thread. */
    void step();

    /**
     * One more item is done.
     *
     * @param done the size of this item
     */
    default void step(Amount done) {
      step();
    }

    @Override
    void close();
  }
}
