package org.rapaio.jupyter.kernel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Member;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.MainApp;

/** The kernel's channels are polled from their start to their end, whatever a message does. */
class LoopThreadTest {

  private static final int THREADS = 2000;

  @Test
  void everyStartedThreadPolls() throws Exception {
    CountDownLatch polls = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      LoopThread[] thread = new LoopThread[1];
      thread[0] =
          new LoopThread(
              "poll",
              0,
              () -> {
                polls.countDown();
                thread[0].shutdown();
              });
      thread[0].start();
    }

    assertThat(polls.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void itPollsOnAfterAMessageThatFails() throws Exception {
    CountDownLatch polls = new CountDownLatch(3);
    LoopThread thread =
        new LoopThread(
            "poll",
            1,
            () -> {
              polls.countDown();
              throw new IllegalStateException("a message that nobody can read");
            });
    thread.start();

    assertThat(polls.await(1, TimeUnit.MINUTES)).isTrue();
    thread.shutdown();
    thread.join();
  }

  @Test
  void itEndsWhenInterrupted() throws Exception {
    LoopThread thread = new LoopThread("poll", TimeUnit.HOURS.toMillis(1), () -> {});
    thread.start();
    thread.interrupt();

    thread.join(TimeUnit.MINUTES.toMillis(1));
    assertThat(thread.isAlive()).isFalse();
  }

  /** What the rest of the kernel calls is here, too. */
  @Test
  void itHasTheFaceOfTheClassThatItReplaces() throws Exception {
    URL kernel = MainApp.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {kernel}, ClassLoader.getPlatformClassLoader())) {
      Class<?> replaced = alone.loadClass(LoopThread.class.getName());

      assertThat(replaced).isNotSameAs(LoopThread.class);
      assertThat(face(LoopThread.class)).containsAll(face(replaced));
    }
  }

  /** Its public constructors and methods, also those that it inherits. */
  private static Set<String> face(Class<?> type) {
    return Stream.concat(Stream.<Member>of(type.getConstructors()), Stream.of(type.getMethods()))
        .map(it -> it.toString().replaceAll("\\b(synchronized|final|native) ", ""))
        .map(it -> it.replace(LoopThread.class.getName() + ".", Thread.class.getName() + "."))
        .collect(Collectors.toSet());
  }
}
