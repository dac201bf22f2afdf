package org.sysretreplay.emulator;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who built a kernel, recognised by how vendors write their releases, and how far the model of the
 * release number can be trusted then (sheet 0).
 */
public enum KernelVendor {
  RED_HAT(
      "\\.el\\d+(?!\\d*uek)",
      true,
      "a guess, since Red Hat's kernels carry much of later releases"),
  SUSE("-default$", true, "a guess, since SUSE's kernels carry much of later releases"),
  UBUNTU(
      "-\\d+-(?:generic|lowlatency|aws|azure|gcp|oracle|kvm)\\b",
      false,
      "Ubuntu's kernels stay close to mainline"),
  DEBIAN("-(?:cloud-)?amd64$|\\+deb\\d+", false, "Debian's kernels stay close to mainline"),
  FEDORA("\\.fc\\d+", false, "Fedora's kernels stay close to mainline"),
  OTHER("", false, "a distribution's kernel may have another");

  private final Pattern mark;
  private final boolean guess;
  private final String sentence;

  KernelVendor(String mark, boolean guess, String sentence) {
    this.mark = Pattern.compile(mark);
    this.guess = guess;
    this.sentence = sentence;
  }

  /** Whether the number of a release says little about its entry code. */
  public boolean isGuess() {
    return guess;
  }

  /** How far a model can be trusted that was chosen by the number, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The first vendor whose mark is in the release. */
  static KernelVendor of(String release) {
    return Stream.of(values())
        .filter(it -> it.mark.matcher(release).find())
        .findFirst()
        .orElseThrow();
  }
}
