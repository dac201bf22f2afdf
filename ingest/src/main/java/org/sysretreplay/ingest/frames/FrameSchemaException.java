package org.sysretreplay.ingest.frames;

/** Thrown for a Parquet file whose columns are not those of frames; the message says why. */
public final class FrameSchemaException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  FrameSchemaException(String wrong, String remedy) {
    super(wrong);
    this.remedy = remedy;
  }

  /** What to do, without a full stop. */
  public String remedy() {
    return remedy;
  }
}
