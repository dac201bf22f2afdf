package org.sysretreplay.spark.functions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/** The parameters of functions, with the types of their arguments. */
enum Parameter {
  MODEL(Kind.TEXT, "a model's id"),
  PATH(Kind.TEXT, "the column path"),
  ENTRY(Kind.TEXT, "the column entry"),
  /** A Decimal, because it may be null, and Spark passes a BIGINT unboxed. */
  NR(Kind.OPTIONAL_NUMBER, "the syscall's number"),
  RET(Kind.OPTIONAL_NUMBER, "what the syscall returned"),
  RIP(Kind.REGISTER),
  RCX(Kind.REGISTER),
  R11(Kind.REGISTER),
  RFLAGS(Kind.REGISTER),
  CS(Kind.REGISTER),
  SS(Kind.REGISTER),
  CAUSE(Kind.OPTIONAL_TEXT, "the column cause"),
  U64(Kind.REGISTER),
  UNSIGNED(Kind.UNSIGNED, "a 64-bit number"),
  DIGITS(Kind.OPTIONAL_TEXT, "0x and hexadecimal digits"),
  NUMBER(Kind.NUMBER, "the syscall's number"),
  ABI(Kind.TEXT, "the column entry: 32-bit code (compat) has numbers of its own");

  /** The types of a parameter. */
  private enum Kind {
    TEXT(DataTypes.StringType, "STRING"),
    OPTIONAL_TEXT(DataTypes.StringType, "STRING"),
    NUMBER(DataTypes.LongType, "BIGINT"),
    REGISTER(DataTypes.LongType, "BIGINT"),
    OPTIONAL_NUMBER(DataTypes.createDecimalType(20, 0), "BIGINT"),
    UNSIGNED(DataTypes.createDecimalType(20, 0), "DECIMAL(20,0)");

    private final DataType type;
    private final String name;

    Kind(DataType type, String name) {
      this.type = type;
      this.name = name;
    }

    boolean takes(DataType given) {
      return switch (this) {
        case TEXT -> given instanceof StringType;
        case OPTIONAL_TEXT -> given instanceof StringType || given instanceof NullType;
        case NUMBER, REGISTER -> isWhole(given);
        case OPTIONAL_NUMBER -> isWhole(given) || given instanceof NullType;
        case UNSIGNED -> isWhole(given) || isUnsigned(given);
      };
    }

    private static boolean isWhole(DataType given) {
      return given instanceof LongType
          || given instanceof IntegerType
          || given instanceof ShortType
          || given instanceof ByteType;
    }

    /**
     * The type in which Spark reads unsigned 64-bit numbers of other programs, or a narrower one.
     */
    private static boolean isUnsigned(DataType given) {
      return given instanceof DecimalType it && it.scale() == 0 && it.precision() <= 20;
    }
  }

  private final Kind kind;
  private final String sentence;

  Parameter(Kind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
  }

  Parameter(Kind kind) {
    this(kind, "the register's 64 bits");
  }

  /** The registers, in the order that every function has. */
  static final List<Parameter> REGISTERS = List.of(RIP, RCX, R11, RFLAGS, CS, SS);

  /** The name in signatures. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type in which the argument is passed. */
  DataType type() {
    return kind.type;
  }

  boolean takes(DataType given) {
    return kind.takes(given);
  }

  /** Why an argument of this type is refused, as a sentence; empty if it is accepted. */
  Optional<String> complaint(DataType given) {
    if (takes(given)) {
      return Optional.empty();
    }
    String hint =
        kind == Kind.REGISTER && (given instanceof StringType || given instanceof DecimalType)
            ? "; sysret.u64(%s) makes one of text and of unsigned numbers".formatted(key())
            : "";
    return Optional.of(
        "(%s) is %s; give %s, %s%s"
            .formatted(
                key(),
                given instanceof NullType ? "NULL" : given.sql(),
                kind.name,
                sentence,
                hint));
  }
}
