package org.sysretreplay.analytics.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.sysretreplay.analytics.report.SampledText;
import picocli.CommandLine.Option;

/** Of how many events perf writes one. */
final class EveryOption {

  private static final long MOST = 1_000_000_000;

  /** How sure it is that what is taken for a prime is one: one in 2^100 is none. */
  private static final int CERTAINTY = 100;

  @Option(
      names = "--every",
      paramLabel = "N",
      description =
          "Sample: write one of every N exits of system calls, and of every N page faults, and no"
              + " other event. Take a prime such as 101: of a loop of 10 calls --every 100 meets the"
              + " same one each time. Threads of fewer exits than N are met with -a only.")
  private long every = 1;

  long value() {
    return every;
  }

  /**
   * Makes sure that it is a number that perf can count to.
   *
   * @throws UsageException where it is not
   */
  void check() {
    if (every < 1 || every > MOST) {
      throw new UsageException(
          "--every %d: one of how many events is to be written? Give a number from 1 to %,d, such as 101."
              .formatted(every, MOST));
    }
  }

  boolean isSampled() {
    return every > 1;
  }

  /** What to do where not one sample came of it, as the end of a sentence. */
  String whyNothing(RecordTarget target) {
    return isSampled()
        ? "no thread came to %,d events of a kind on one processor; give --every a smaller number, or record all with -a."
            .formatted(every)
        : target.whyNothing();
  }

  /** What is lost by sampling, a sentence for each thing; none where every event is recorded. */
  List<String> notes(RecordTarget target) {
    if (!isSampled()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "sampled, one of every %,d exits of system calls and of every %,d page faults: %s, and interrupts are left out, since one alone does not tell whether it hit the kernel."
            .formatted(every, every, SampledText.NOT_SEEN));
    if (!(target instanceof RecordTarget.Everything)) {
      notes.add(
          "perf counts for each thread and processor by itself: a thread that comes to fewer than %,d there is not met; with -a all threads of a processor count together."
              .formatted(every));
    }
    if (!isPrime(every)) {
      notes.add(
          "%,d is no prime: of a loop whose number of calls shares a divisor with it, only some calls are ever met; --every %d meets all."
              .formatted(every, primeNear(every)));
    }
    return notes;
  }

  /** The next prime that can be asked for; the one below where the next is too large. */
  private static long primeNear(long number) {
    long next = BigInteger.valueOf(number).nextProbablePrime().longValue();
    return next <= MOST
        ? next
        : LongStream.iterate(number, it -> it - 1)
            .filter(EveryOption::isPrime)
            .findFirst()
            .orElseThrow();
  }

  private static boolean isPrime(long number) {
    return BigInteger.valueOf(number).isProbablePrime(CERTAINTY);
  }
}
