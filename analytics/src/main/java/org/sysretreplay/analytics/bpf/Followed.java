package org.sysretreplay.analytics.bpf;

import java.util.List;
import java.util.stream.Collectors;

/** Whose exits are counted: of processes also those of all that they start. */
public sealed interface Followed {

  /** The probes that keep account of the processes. */
  String probes();

  /** The condition of a probe, with a blank before it, under which its thread is followed. */
  String filter();

  /** Those of all processes. */
  record Everything() implements Followed {

    @Override
    public String probes() {
      return "";
    }

    @Override
    public String filter() {
      return "";
    }
  }

  /** Those of some processes, which have their numbers in a map. */
  sealed interface Family extends Followed {

    /**
     * Follows what they start. A thread is entered as well, since a fork does not tell threads from
     * processes, and goes when it ends; a process goes with the last of its threads. What the map
     * had no room for is counted.
     */
    String DESCENDANTS =
        """
        tracepoint:sched:sched_process_fork /@processes[pid]/ {
          @processes[args->child_pid] = (uint8)1;
          if (@processes[args->child_pid] == 0) { @unfollowed = count(); }
        }
        tracepoint:sched:sched_process_exec /@processes[pid] && args->old_pid != pid/ {
          delete(@processes[args->old_pid]);
        }
        tracepoint:sched:sched_process_exit /@processes[pid]/ {
          if (tid != pid) { delete(@processes[tid]); }
          if (curtask->signal->live.counter == 0) { delete(@processes[pid]); }
        }
        """;

    @Override
    default String filter() {
      return " /@processes[pid]/";
    }
  }

  /** Those of processes that run. */
  record Running(List<Long> pids) implements Family {

    public Running {
      pids = List.copyOf(pids);
    }

    @Override
    public String probes() {
      return "BEGIN {%s }\n"
              .formatted(
                  pids.stream()
                      .map(" @processes[%d] = (uint8)1;"::formatted)
                      .collect(Collectors.joining()))
          + DESCENDANTS;
    }
  }

  /** Those of a process from the moment on at which it starts another program. */
  record Starting(long pid) implements Family {

    @Override
    public String probes() {
      return """
          tracepoint:sched:sched_process_exec /pid == %d/ {
            @processes[pid] = (uint8)1;
          }
          """
              .formatted(pid)
          + DESCENDANTS;
    }
  }
}
