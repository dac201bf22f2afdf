package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.EntryKind;

/** The values of a group as people read them. */
final class GroupText {

  private static final String UNKNOWN = "-";

  private GroupText() {}

  /**
   * One value of a group.
   *
   * @param by the columns of the group, in the order of its values
   */
  static String of(GroupColumn column, Group group, List<GroupColumn> by) {
    Object value = group.by().get(by.indexOf(column));
    if (value == null) {
      return UNKNOWN;
    }
    return column == GroupColumn.SYSCALL ? syscall((Long) value, group, by) : value.toString();
  }

  /** A syscall by name; 32-bit code counts its syscalls in another way. */
  private static String syscall(long number, Group group, List<GroupColumn> by) {
    return is32Bit(group, by) ? Long.toString(number) : SyscallNames.describe(number);
  }

  /** Whether the group says that it is of 32-bit code. */
  static boolean is32Bit(Group group, List<GroupColumn> by) {
    int entry = by.indexOf(GroupColumn.ENTRY);
    return entry >= 0 && EntryKind.COMPAT.key().equals(group.by().get(entry));
  }
}
