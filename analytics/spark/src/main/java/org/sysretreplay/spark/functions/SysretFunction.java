package org.sysretreplay.spark.functions;

import static org.sysretreplay.spark.functions.Parameter.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.emulator.Internal;

/**
 * The functions; their names in SQL are those of the constants in lower case.
 *
 * <p>The model is an id, an id with policies, or a kernel's release, optionally followed by words
 * of the command line on the machine: {@code 'linux-6.9 --la57 --untraced'}. Without these words
 * the kernel is judged as traced, with 4-level paging.
 *
 * <p>{@code path} and {@code cause} are columns of a store, which take into account what came
 * between event and return: with them every answer is that of {@code report}. With {@code entry,
 * nr, ret} in their place, a frame is judged as if nothing came between, like one in another
 * program's Parquet.
 */
@Internal
public enum SysretFunction {
  OUTCOME(
      "How the frame leaves the kernel: FAST_SYSRET, SYSRET, IRET_MISS, IRET_ROUTE or ERETU.",
      Call.OF_FRAMES,
      DataTypes.StringType,
      OutcomeFunction::new),
  FIRST_MISS(
      "The first check that failed, in the order of the kernel; null where none did.",
      Call.OF_FRAMES,
      DataTypes.StringType,
      FirstMissFunction::new),
  ALL_MISS(
      "Every check that failed; empty where none did.",
      Call.OF_FRAMES,
      DataTypes.createArrayType(DataTypes.StringType, false),
      AllMissFunction::new),
  CAUSE(
      "What made the frame miss; null where it did not.",
      Call.OF_CAUSES,
      DataTypes.StringType,
      CauseFunction::new),
  EXPLAIN(
      "Every check on the frame, and what each instruction would do, in words.",
      Call.OF_CAUSES,
      DataTypes.StringType,
      ExplainFunction::new),
  COST_NS(
      "How much longer the return takes than by SYSRET, in nanoseconds: an estimate from the seed"
          + " mail's figure. Null for ERETU, whose cost is not established.",
      Call.OF_FRAMES,
      DataTypes.DoubleType,
      CostFunction::new),
  FLAGS(
      "The set bits of RFLAGS by name.",
      List.of(List.of(Parameter.RFLAGS)),
      DataTypes.StringType,
      FlagsFunction::new),
  HEX(
      "The 64 bits of a number as 0x and hexadecimal digits.",
      List.of(List.of(Parameter.U64)),
      DataTypes.StringType,
      HexFunction::new),
  U64(
      "The 64 bits of an unsigned number, or of text, in a BIGINT.",
      List.of(List.of(UNSIGNED), List.of(DIGITS)),
      DataTypes.LongType,
      U64Function::new),
  SYSCALL_NAME(
      "The name of a 64-bit syscall; null where the number has none, and for 32-bit code.",
      List.of(List.of(NUMBER, ABI)),
      DataTypes.StringType,
      SyscallNameFunction::new);

  /** The ways in which a function of frames can be called. */
  private static final class Call {

    private static final List<Parameter> STORED = call(List.of(PATH), List.of());
    private static final List<Parameter> WITH_CAUSE = call(List.of(PATH), List.of(Parameter.CAUSE));
    private static final List<Parameter> ALONE = call(List.of(ENTRY, NR, RET), List.of());

    private static final List<List<Parameter>> OF_FRAMES = List.of(STORED, WITH_CAUSE, ALONE);

    /** These functions need the cause, since it does not follow from the registers alone. */
    private static final List<List<Parameter>> OF_CAUSES = List.of(WITH_CAUSE, ALONE);

    private static List<Parameter> call(List<Parameter> way, List<Parameter> more) {
      return Stream.of(List.of(MODEL), way, REGISTERS, more).flatMap(List::stream).toList();
    }
  }

  private final String sentence;
  private final List<List<Parameter>> calls;
  private final DataType result;
  private final Function<Binding, BoundFunction> bound;

  SysretFunction(
      String sentence,
      List<List<Parameter>> calls,
      DataType result,
      Function<Binding, BoundFunction> bound) {
    this.sentence = sentence;
    this.calls = calls;
    this.result = result;
    this.bound = bound;
  }

  /** The name in SQL, behind {@code sysret.}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the first argument is a model. */
  boolean takesModel() {
    return calls.get(0).get(0) == MODEL;
  }

  DataType result() {
    return result;
  }

  /** The function with this name, ignoring case, if there is one. */
  static Optional<SysretFunction> ofKey(String name) {
    return Stream.of(values()).filter(it -> it.key().equalsIgnoreCase(name)).findFirst();
  }

  /** The ways to call it, for example {@code sysret.flags(rflags)}. */
  List<String> signatures() {
    return calls.stream().map(this::signature).toList();
  }

  private String signature(List<Parameter> call) {
    return call.stream()
        .map(Parameter::key)
        .collect(Collectors.joining(", ", SysretCatalog.NAME + "." + key() + "(", ")"));
  }

  /** What it returns, and the ways to call it. */
  String description() {
    return sentence + " " + String.join(", or ", signatures());
  }

  /**
   * The function bound to arguments of these types.
   *
   * @throws UnsupportedOperationException if it cannot be called with them
   */
  BoundFunction bind(StructType given) {
    List<List<Parameter>> ofThatMany =
        calls.stream().filter(it -> it.size() == given.size()).toList();
    if (ofThatMany.isEmpty()) {
      throw new UnsupportedOperationException(
          "it is called as %s; %d arguments are given"
              .formatted(String.join(", or ", signatures()), given.size()));
    }
    List<String> complaints = new ArrayList<>();
    for (List<Parameter> call : ofThatMany) {
      Optional<String> complaint = complaint(call, given);
      if (complaint.isEmpty()) {
        return bound.apply(new Binding(this, call.stream().map(Parameter::type).toList()));
      }
      complaints.add(complaint.get());
    }
    throw new UnsupportedOperationException(String.join("; or ", complaints));
  }

  private static Optional<String> complaint(List<Parameter> call, StructType given) {
    StructField[] fields = given.fields();
    for (int i = 0; i < fields.length; i++) {
      Optional<String> complaint = call.get(i).complaint(fields[i].dataType());
      if (complaint.isPresent()) {
        return complaint.map("argument %d ".formatted(i + 1)::concat);
      }
    }
    return Optional.empty();
  }
}
