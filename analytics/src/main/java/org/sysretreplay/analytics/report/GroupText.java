package org.sysretreplay.analytics.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.analytics.Tally;

/** Formats the values of groups for readers. */
public final class GroupText {

  /** The text for a value that the recording does not have. */
  public static final String UNKNOWN = "-";

  private final List<GroupColumn> by;

  /** The start of the first window, in nanoseconds; not used without windows. */
  private final long firstWindow;

  /**
   * @param by the columns of the groups, in the order of their values
   * @param groups all groups of one workload; windows are shown relative to the first of them
   */
  private GroupText(List<GroupColumn> by, Collection<Group> groups) {
    this.by = by;
    int window = GroupColumn.indexOf(by, Kind.WINDOW);
    firstWindow =
        window < 0
            ? 0
            : groups.stream()
                .map(it -> (Long) it.by().get(window))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
  }

  /** The formatter of each workload of a report, by the workload's name. */
  public static Map<String, GroupText> byWorkload(Report report) {
    Map<String, List<Group>> groups =
        report.rows().stream()
            .map(Report.Row::group)
            .collect(Collectors.groupingBy(Group::workload));
    Map<String, GroupText> texts = new HashMap<>();
    groups.forEach((it, its) -> texts.put(it, new GroupText(report.question().by(), its)));
    return texts;
  }

  /** The values of a group as texts, one for each column. */
  public List<String> cells(Group group, Tally tally) {
    return by.stream().map(it -> cell(it, group, tally)).toList();
  }

  private String cell(GroupColumn column, Group group, Tally tally) {
    Object value = group.by().get(by.indexOf(column));
    if (value == null) {
      return UNKNOWN;
    }
    return switch (column.kind()) {
      case SYSCALL -> syscall((Long) value, tally);
      case WINDOW -> ClockText.since(firstWindow, (Long) value, column.nanos());
      default -> value.toString();
    };
  }

  /** The syscall's name; a number where any call is of 32-bit code, which has its own table. */
  private static String syscall(long number, Tally tally) {
    return tally.of32BitCode() > 0 ? Long.toString(number) : SyscallNames.describe(number);
  }
}
