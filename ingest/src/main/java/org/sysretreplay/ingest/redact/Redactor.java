package org.sysretreplay.ingest.redact;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;

/** Redacts the records of one trace, or hands them on as they are. For one thread. */
public final class Redactor {

  /** The kernel's own events. The names of others may tell what somebody was looking for. */
  private static final Pattern KERNELS_OWN =
      Pattern.compile("(raw_syscalls|exceptions|irq_vectors):\\w+");

  /** The lowest error number. Results from here to 0 are errors or success, and identify nobody. */
  private static final long LOWEST_ERROR = -4095;

  /**
   * The end of the pseudonyms of processes and results, small enough for programs that read them.
   */
  private static final long MOST = 1L << 48;

  // Null if nothing is redacted.
  private final Pseudonyms pseudonyms;
  private final RegisterRedactor registers;

  Redactor(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    registers = pseudonyms == null ? null : new RegisterRedactor(pseudonyms);
  }

  /** The redacted frame. Its path, stage and cause, and every model's verdict, stay the same. */
  public ExitFrame redacted(ExitFrame it) {
    if (pseudonyms == null) {
      return it;
    }
    return new ExitFrame(
        it.seq(),
        it.timeNanos(),
        it.cpu(),
        redacted(it.task()),
        it.entry(),
        it.event().map(this::event),
        it.syscall(),
        value(it.result()),
        registers.of(it.registers()),
        address(it.rsp()),
        value(it.rax()),
        redacted(it.assembly()),
        it.count());
  }

  private Task redacted(Task it) {
    return new Task(
        process(it.pid()), process(it.tid()), it.comm().map(name -> pseudonyms.text("comm", name)));
  }

  /** The pseudonym of a process or thread. 0 stays: it is the idle thread of every processor. */
  private OptionalLong process(OptionalLong id) {
    return id.isPresent() && id.getAsLong() != 0
        ? OptionalLong.of(pseudonyms.between("process", id.getAsLong(), 0, 1, MOST))
        : id;
  }

  private String event(String name) {
    return KERNELS_OWN.matcher(name).matches() ? name : pseudonyms.text("event", name);
  }

  private OptionalLong address(OptionalLong address) {
    return address.isPresent()
        ? OptionalLong.of(registers.address(address.getAsLong(), 0))
        : address;
  }

  /** The pseudonym of a result, which may be an address or the number of a process. */
  private OptionalLong value(OptionalLong value) {
    boolean isError =
        value.isPresent() && value.getAsLong() >= LOWEST_ERROR && value.getAsLong() <= 0;
    return value.isEmpty() || isError
        ? value
        : OptionalLong.of(pseudonyms.between("value", value.getAsLong(), 0, 1, MOST));
  }

  private Assembly redacted(Assembly it) {
    Optional<Recorded> recorded = it.recorded().map(this::redacted);
    return recorded.isEmpty() ? it : new Assembly(it.path(), it.stage(), it.cause(), recorded);
  }

  private Recorded redacted(Recorded it) {
    return new Recorded(
        it.entry(), it.path(), registers.of(it.registers()), address(it.rsp()), value(it.rax()));
  }

  /**
   * No mappings: their files and addresses tell who was recorded, and redacted addresses lie in
   * none of them.
   */
  public ExecutableMaps redacted(ExecutableMaps it) {
    return pseudonyms == null ? it : ExecutableMaps.NONE;
  }

  /** The reject without what it quotes of the record. */
  public Reject redacted(Reject it) {
    if (pseudonyms == null) {
      return it;
    }
    Place place = it.place();
    return new Reject(
        new Place(pseudonyms.text("source", place.source()), place.unit(), place.position()),
        it.reason(),
        it.reason().sentence(),
        "",
        it.count());
  }
}
