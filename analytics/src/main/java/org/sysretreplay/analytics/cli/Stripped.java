package org.sysretreplay.analytics.cli;

import picocli.CommandLine.ITypeConverter;

/** Takes the blanks off a name that a user wrote in a list, as in {@code entry, syscall}. */
final class Stripped implements ITypeConverter<String> {

  @Override
  public String convert(String name) {
    return name.strip();
  }
}
