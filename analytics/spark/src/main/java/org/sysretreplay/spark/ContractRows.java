package org.sysretreplay.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.report.ComparisonJson;

/** Converts the rows of a JSON contract to Spark's rows, with a schema made from the contract's. */
final class ContractRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ROWS = "rows";
  private static final String NULL = "null";
  private static final String TYPE = "type";
  private static final String DESCRIPTION = "description";

  private final JsonNode contract;
  private final StructType schema;

  private ContractRows(JsonNode contract) {
    this.contract = contract;
    schema = struct(contract.path("properties").path(ROWS).path("items"));
  }

  static ContractRows ofComparison() {
    try (InputStream in = ComparisonJson.schema()) {
      return new ContractRows(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StructType schema() {
    return schema;
  }

  /** The rows of a JSON text that follows the contract. */
  List<Row> rows(String json) {
    try {
      List<Row> rows = new ArrayList<>();
      JSON.readTree(json).path(ROWS).forEach(it -> rows.add(row(it, schema)));
      return rows;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private StructType struct(JsonNode object) {
    List<StructField> fields = new ArrayList<>();
    object
        .path("properties")
        .properties()
        .forEach(it -> fields.add(field(it.getKey(), it.getValue())));
    return new StructType(fields.toArray(StructField[]::new));
  }

  private StructField field(String key, JsonNode node) {
    JsonNode described = resolved(node);
    StructField field = new StructField(key, type(described), canBeNull(node), Metadata.empty());
    String sentence = node.path(DESCRIPTION).asText(described.path(DESCRIPTION).asText());
    return sentence.isEmpty() ? field : field.withComment(sentence);
  }

  /** The schema of a value, with references followed and null left out. */
  private JsonNode resolved(JsonNode node) {
    if (node.has("oneOf")) {
      return resolved(
          elements(node.path("oneOf"))
              .filter(it -> !it.path(TYPE).asText().equals(NULL))
              .findFirst()
              .orElseThrow());
    }
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : resolved(contract.at(reference.substring(1)));
  }

  private boolean canBeNull(JsonNode node) {
    return elements(node.path("oneOf")).anyMatch(it -> it.path(TYPE).asText().equals(NULL))
        || types(resolved(node)).anyMatch(NULL::equals)
        || elements(resolved(node).path("enum")).anyMatch(JsonNode::isNull);
  }

  private static Stream<String> types(JsonNode node) {
    JsonNode type = node.path(TYPE);
    return type.isArray() ? elements(type).map(JsonNode::asText) : Stream.of(type.asText());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private DataType type(JsonNode node) {
    if (node.has("enum") || node.has("const")) {
      return DataTypes.StringType;
    }
    String type = types(node).filter(it -> !it.equals(NULL)).findFirst().orElseThrow();
    return switch (type) {
      case "string" -> DataTypes.StringType;
      case "integer" -> DataTypes.LongType;
      case "number" -> DataTypes.DoubleType;
      case "boolean" -> DataTypes.BooleanType;
      case "object" -> struct(node);
      case "array" -> {
        JsonNode items = node.path("items");
        yield DataTypes.createArrayType(type(resolved(items)), canBeNull(items));
      }
      default -> throw new IllegalStateException("a contract has no " + type);
    };
  }

  private static Row row(JsonNode object, StructType type) {
    return RowFactory.create(
        Stream.of(type.fields()).map(it -> value(object.path(it.name()), it.dataType())).toArray());
  }

  private static Object value(JsonNode node, DataType type) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (type instanceof StructType struct) {
      return row(node, struct);
    }
    if (type instanceof ArrayType array) {
      return elements(node).map(it -> value(it, array.elementType())).toList();
    }
    if (type.equals(DataTypes.StringType)) {
      return node.textValue();
    }
    if (type.equals(DataTypes.BooleanType)) {
      return node.booleanValue();
    }
    return type.equals(DataTypes.LongType) ? (Object) node.longValue() : node.doubleValue();
  }
}
