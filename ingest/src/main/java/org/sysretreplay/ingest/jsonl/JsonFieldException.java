package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.trace.RejectReason;

/** Thrown for a field that cannot be read; the message says which and why, without a full stop. */
final class JsonFieldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  JsonFieldException(RejectReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  RejectReason reason() {
    return reason;
  }
}
