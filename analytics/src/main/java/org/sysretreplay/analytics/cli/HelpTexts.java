package org.sysretreplay.analytics.cli;

import java.util.ListResourceBundle;

/** Replaces texts that picocli itself puts into help. */
public final class HelpTexts extends ListResourceBundle {

  /** What {@code --} means. */
  static final String END_OF_OPTIONS =
      "What follows is no option, such as a file whose name begins with a dash.";

  @Override
  protected Object[][] getContents() {
    return new Object[][] {{"picocli.endofoptions.description", END_OF_OPTIONS}};
  }
}
