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
import org.sysretreplay.emulator.EntryKind;

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
  public List<String> cells(Group group) {
    return by.stream().map(it -> cell(it, group)).toList();
  }

  private String cell(GroupColumn column, Group group) {
    Object value = group.by().get(by.indexOf(column));
    if (value == null) {
      return UNKNOWN;
    }
    return switch (column.kind()) {
      case SYSCALL -> syscall((Long) value, group);
      case WINDOW -> ClockText.since(firstWindow, (Long) value, column.nanos());
      default -> value.toString();
    };
  }

  /** The syscall's name; a number for 32-bit code, which has its own table of syscalls. */
  private String syscall(long number, Group group) {
    return is32Bit(group, by) ? Long.toString(number) : SyscallNames.describe(number);
  }

  /** Whether the group's values say that it is of 32-bit code. */
  static boolean is32Bit(Group group, List<GroupColumn> by) {
    int entry = by.indexOf(GroupColumn.ENTRY);
    return entry >= 0 && EntryKind.COMPAT.key().equals(group.by().get(entry));
  }
}
