package org.rapaio.jupyter.kernel.channels;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Polls a channel of the kernel. This stands in place of the kernel's class of that name, which
 * comes later on the class path. A thread of that class (3.0.1 to 3.0.4) may look whether it runs
 * before it is told so, and end; and a message that fails ends it for ever. Of eight kernels, one
 * never answered.
 */
public final class LoopThread extends Thread {

  private static final Logger LOG = Logger.getLogger(LoopThread.class.getName());

  private final long sleepMillis;
  private final Runnable poll;
  private volatile boolean running = true;

  /**
   * A thread that is not started yet.
   *
   * @param sleepMillis how long it waits before each poll
   */
  public LoopThread(String name, long sleepMillis, Runnable poll) {
    super(name);
    this.sleepMillis = sleepMillis;
    this.poll = poll;
  }

  @Override
  public void run() {
    while (isAwake()) {
      pollOnce();
    }
  }

  private boolean isAwake() {
    try {
      Thread.sleep(sleepMillis);
      return running;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** What one message does wrong is no reason to read no other. */
  private void pollOnce() {
    try {
      poll.run();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, getName(), e);
    }
  }

  /** Lets it end before its next poll. */
  public void shutdown() {
    running = false;
  }
}
