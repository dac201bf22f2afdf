package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.text.JoinedRecords;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.text.TextCursor;

/** Parses the registers of a sample as perf prints them: {@code ABI:2 CX:0x7f.. IP:0x..}. */
final class PrintedRegisters {

  /** The start of a line of registers. */
  static final String START = " ABI:";

  private static final String ABI = "ABI:";
  private static final byte[] ABI_WORD = START.getBytes(StandardCharsets.US_ASCII);

  /** The start of any register: perf's names are in upper case. */
  private static final Pattern REGISTER = Pattern.compile("[A-Z][A-Z0-9]*:");

  private PrintedRegisters() {}

  /** Is told why registers cannot be parsed. */
  interface Complaints {

    /** No number stands behind {@code ABI:}. */
    void noAbi();

    /** One more record begins on the line. */
    void joined();

    /** This word among the registers is no register. */
    void noRegister(String word);
  }

  /**
   * Moves behind {@code ABI:}, if the line has it. It mostly stands right here, behind the fields;
   * otherwise the last one counts, because fields may hold any text.
   */
  static boolean movesBehindAbi(TextCursor rest) {
    rest.skipBlanks();
    stepBack(rest);
    return rest.take(ABI_WORD) || rest.moveBehindLast(ABI_WORD);
  }

  /** Takes {@code ABI:}, if it stands behind that blank. */
  static boolean takesAbi(TextCursor rest, int blank) {
    rest.moveTo(blank);
    return rest.take(ABI_WORD);
  }

  /** Moves back to the blank before the word. */
  private static void stepBack(TextCursor rest) {
    rest.moveTo(rest.at() - 1);
  }

  /**
   * Parses the registers behind {@code ABI:}, or behind a later one: those of an interrupted kernel
   * come before those of user space. Null if they cannot be parsed, after telling {@code to} why.
   */
  static UserRegisters take(TextCursor rest, Complaints to) {
    boolean numbered = rest.takesDecimal(false);
    UserRegisters registers = new UserRegisters(rest.number());
    boolean taken = numbered && takesRegisters(rest, registers);
    if (taken && (rest.atEnd() || areOthersBehind(rest))) {
      return registers;
    }
    if (taken || JoinedRecords.areIn(rest, rest.at(), rest.end())) {
      to.joined();
      return null;
    }
    return takeLater(rest, numbered, to);
  }

  /**
   * Whether what stands behind the registers is of the same record: no field that perf prints there
   * holds an ABI.
   */
  private static boolean areOthersBehind(TextCursor rest) {
    int start = rest.at();
    stepBack(rest);
    boolean withAbi = rest.moveBehindLast(ABI_WORD);
    rest.moveTo(start);
    return !withAbi && !JoinedRecords.areIn(rest, start, rest.end());
  }

  /**
   * Takes the registers behind the last {@code ABI:}. Behind registers, only another {@code ABI:}
   * may follow at once.
   */
  private static UserRegisters takeLater(TextCursor rest, boolean numbered, Complaints to) {
    int start = rest.at();
    String word = rest.takeWord();
    rest.moveTo(start - 1);
    if ((!numbered || word.startsWith(ABI)) && rest.moveBehindLast(ABI_WORD)) {
      return take(rest, to);
    }
    if (numbered && isOtherRegister(word)) {
      to.joined();
    } else if (numbered) {
      to.noRegister(word);
    } else {
      to.noAbi();
    }
    return null;
  }

  /**
   * Takes all registers. Returns false if the cursor then stands on another word that cannot
   * follow, as a register that was there before. Other fields may follow the last register, as with
   * {@code -F ...,brstack,phys_addr}.
   */
  private static boolean takesRegisters(TextCursor rest, UserRegisters to) {
    int next = 0;
    for (rest.skipBlanks(); !rest.atEnd(); rest.skipBlanks()) {
      int start = rest.at();
      PerfRegister register = PerfRegister.ofPacked(rest.takePacked(':'), next);
      if (register != null && rest.takesPrefixedHex()) {
        if (register.ordinal() < next && to.get(register).isPresent()) {
          rest.moveTo(start);
          return false;
        }
        to.put(register, rest.number());
        next = register.ordinal() + 1;
      } else {
        rest.moveTo(start);
        String word = rest.takeWord();
        if (!isOtherRegister(word)) {
          rest.moveTo(start);
          return to.isComplete() && !REGISTER.matcher(word).lookingAt();
        }
      }
    }
    return true;
  }

  /** Whether the word is a register that is not needed. */
  private static boolean isOtherRegister(String word) {
    int colon = word.indexOf(':');
    return colon >= 0
        && !word.startsWith(ABI)
        && RegisterText.parse(word.substring(colon + 1)).isPresent();
  }
}
