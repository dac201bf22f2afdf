package org.sysretreplay.analytics;

/** A question has more groups than fit into memory; the message is one sentence with the remedy. */
public final class TooManyGroupsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyGroupsException(int most) {
    super(
        "there are more than %,d groups, which is as many as fit into this process's memory of %,d MB;"
                .formatted(most, Runtime.getRuntime().maxMemory() >> 20)
            + " ask --by fewer columns or for fewer models, or name a --master whose processes have"
            + " more memory.");
  }
}
