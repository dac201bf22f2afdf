package org.sysretreplay.emulator;

import java.util.function.Function;

/**
 * An expression over the six registers of a frame. Java evaluates it, and a program that runs
 * elsewhere, as in a kernel, is written from it. Numbers are unsigned and have 64 bits; a condition
 * is 1 or 0.
 */
public sealed interface Term {

  /** What it comes to for these registers. */
  long of(PtRegs regs);

  /** The same in the syntax of C, with brackets around every operation. */
  String text(Function<Register, String> names);

  /** The 64-bit slot of a register. */
  record Slot(Register register) implements Term {

    @Override
    public long of(PtRegs regs) {
      return register.of(regs);
    }

    @Override
    public String text(Function<Register, String> names) {
      return names.apply(register);
    }
  }

  /** A number. Those with the highest bit set are not used: some languages read them as signed. */
  record Number(long value) implements Term {

    public Number {
      if (value < 0) {
        throw new IllegalArgumentException(Hex.of(value) + " has the highest bit set");
      }
    }

    @Override
    public long of(PtRegs regs) {
      return value;
    }

    @Override
    public String text(Function<Register, String> names) {
      return Hex.of(value);
    }
  }

  /** An operation on two terms. */
  record Operation(Term left, Operator operator, Term right) implements Term {

    @Override
    public long of(PtRegs regs) {
      return operator.apply(left.of(regs), right.of(regs));
    }

    @Override
    public String text(Function<Register, String> names) {
      return "(%s %s %s)".formatted(left.text(names), operator.symbol, right.text(names));
    }
  }

  /** One term where a condition holds, else the other. */
  record Choice(Term condition, Term then, Term otherwise) implements Term {

    @Override
    public long of(PtRegs regs) {
      return condition.of(regs) != 0 ? then.of(regs) : otherwise.of(regs);
    }

    @Override
    public String text(Function<Register, String> names) {
      return "(%s ? %s : %s)"
          .formatted(condition.text(names), then.text(names), otherwise.text(names));
    }
  }

  /** What C calls by the same symbols. */
  enum Operator {
    AND("&"),
    OR("|"),
    XOR("^"),
    MINUS("-"),
    LEFT("<<"),
    RIGHT(">>"),
    EQUAL("=="),
    BELOW("<"),
    BOTH("&&"),
    EITHER("||");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    private long apply(long left, long right) {
      return switch (this) {
        case AND -> left & right;
        case OR -> left | right;
        case XOR -> left ^ right;
        case MINUS -> left - right;
        case LEFT -> left << right;
        case RIGHT -> left >>> right;
        case EQUAL -> bit(left == right);
        case BELOW -> bit(Long.compareUnsigned(left, right) < 0);
        case BOTH -> bit(left != 0 && right != 0);
        case EITHER -> bit(left != 0 || right != 0);
      };
    }

    private static long bit(boolean holds) {
      return holds ? 1 : 0;
    }
  }

  /** The slot of a register. */
  static Term slot(Register register) {
    return new Slot(register);
  }

  /** That number. */
  static Term number(long value) {
    return new Number(value);
  }

  /** This and a number, bit by bit. */
  default Term and(long mask) {
    return new Operation(this, Operator.AND, number(mask));
  }

  /** This and another term, joined bit by bit. */
  default Term or(Term other) {
    return new Operation(this, Operator.OR, other);
  }

  /** The bits that differ. */
  default Term xor(Term other) {
    return new Operation(this, Operator.XOR, other);
  }

  /** This less a number. */
  default Term minus(long number) {
    return new Operation(this, Operator.MINUS, number(number));
  }

  /** Shifted up. */
  default Term left(int bits) {
    return bits == 0 ? this : new Operation(this, Operator.LEFT, number(bits));
  }

  /** Shifted down; zeros come in. */
  default Term right(int bits) {
    return bits == 0 ? this : new Operation(this, Operator.RIGHT, number(bits));
  }

  /** Whether both are equal. */
  default Term is(Term other) {
    return new Operation(this, Operator.EQUAL, other);
  }

  /** Whether it is that number. */
  default Term is(long number) {
    return is(number(number));
  }

  /** Whether it is below that number. */
  default Term isBelow(long number) {
    return new Operation(this, Operator.BELOW, number(number));
  }

  /** Whether both conditions hold. */
  default Term both(Term other) {
    return new Operation(this, Operator.BOTH, other);
  }

  /** Whether at least one of two conditions holds. */
  default Term either(Term other) {
    return new Operation(this, Operator.EITHER, other);
  }

  /** This condition turned round. */
  default Term not() {
    return is(0);
  }

  /** One term where this condition holds, else the other. */
  default Term choose(Term then, Term otherwise) {
    return new Choice(this, then, otherwise);
  }

  /** The same of numbers. */
  default Term choose(long then, Term otherwise) {
    return choose(number(then), otherwise);
  }
}
