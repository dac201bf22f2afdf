package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark's rows as values of Java, for tables that people read. */
public final class PlainValue {

  private PlainValue() {}

  /**
   * The value of a column: an array as a list, a map as a map in the order of its keys, a struct as
   * a map in the order of its fields, and the values in them likewise. All others stay as they are.
   */
  public static Object of(Row row, int column) {
    return of(row.get(column));
  }

  private static Object of(Object value) {
    if (value instanceof scala.collection.Map<?, ?> map) {
      return ofMap(CollectionConverters.asJava(map));
    }
    if (value instanceof scala.collection.Iterable<?> all) {
      List<Object> list = new ArrayList<>();
      CollectionConverters.asJava(all).forEach(it -> list.add(of(it)));
      return list;
    }
    return value instanceof Row struct ? ofStruct(struct) : value;
  }

  /** Spark gives the entries of a map in no order; numbers and texts have one of their own. */
  private static Map<Object, Object> ofMap(Map<?, ?> map) {
    boolean isOrdered = map.keySet().stream().allMatch(Comparable.class::isInstance);
    Map<Object, Object> plain = isOrdered ? new TreeMap<>() : new LinkedHashMap<>();
    map.forEach((key, it) -> plain.put(of(key), of(it)));
    return plain;
  }

  private static Map<Object, Object> ofStruct(Row struct) {
    Map<Object, Object> plain = new LinkedHashMap<>();
    for (int field = 0; field < struct.size(); field++) {
      plain.put(struct.schema().fieldNames()[field], of(struct, field));
    }
    return plain;
  }
}
