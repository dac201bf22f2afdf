package org.sysretreplay.analytics;

/**
 * A question has more groups than fit into memory. The message has no full stop, so that the
 * caller, who knows the remedy, can append it.
 */
public final class TooManyGroupsException extends RuntimeException {

  private static final long serialVersionUID = 2L;

  TooManyGroupsException(int most) {
    super(
        "there are more than %,d groups, which is as many as fit into this process's memory of %,d MB"
            .formatted(most, Runtime.getRuntime().maxMemory() >> 20));
  }
}
