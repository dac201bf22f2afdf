package org.sysretreplay.ingest.generate;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.RegisterFacts;

/**
 * The facts by which a report tells frames apart, except for times, addresses and names. A profile
 * has at least one template of every kind that was recorded, however rare it was.
 *
 * @param frameClass the class, which decides verdicts and tallies
 * @param recorded the same facts of the frame as its event alone shows it, if its neighbours
 *     changed it
 */
record FrameKind(
    FrameClass frameClass,
    Optional<String> event,
    OptionalLong syscall,
    Optional<RecordedKind> recorded,
    Set<Template.Drawn> absent) {

  /** The kind of a frame as its event alone shows it. */
  record RecordedKind(EntryKind entry, EntryPath path, RegisterFacts facts) {

    private static RecordedKind of(Recorded it) {
      return new RecordedKind(it.entry(), it.path(), RegisterFacts.of(it.registers()));
    }
  }

  static FrameKind of(Template template) {
    ExitFrame frame = template.frame();
    return new FrameKind(
        FrameClass.of(frame),
        frame.event(),
        frame.syscall(),
        template.recorded().map(RecordedKind::of),
        template.absent());
  }
}
