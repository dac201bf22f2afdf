package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import org.sysretreplay.analytics.FrameSource;

/** How frames in stores are come by; a command that has it knows nothing of Spark. */
@FunctionalInterface
interface StoreFrames {

  /** All traces of the stores. */
  List<FrameSource> in(List<Path> stores);
}
