package org.sysretreplay.analytics.verdict;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.analytics.JsonText;
import org.sysretreplay.emulator.Hex;

/** Writes rows as JSON lines. */
final class JsonRows<R> implements RowWriter<R> {

  private final JsonGenerator json;
  private final List<Column<R>> columns;

  JsonRows(OutputFile target, List<Column<R>> columns) throws IOException {
    this.columns = columns;
    json = JsonText.factory().createGenerator(target.create(0));
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void add(R row) throws IOException {
    json.writeStartObject();
    for (Column<R> column : columns) {
      json.writeFieldName(column.key());
      write(column, column.of(row));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void write(Column<R> column, Object cell) throws IOException {
    if (cell == null) {
      json.writeNull();
      return;
    }
    switch (column.type()) {
      case TEXT -> json.writeString((String) cell);
      case NUMBER -> json.writeNumber((Long) cell);
      case REGISTER -> json.writeString(Hex.of((Long) cell));
      case SHARE -> json.writeNumber((Double) cell);
      case NAMES -> writeNames(Column.names(cell));
      case COUNTS -> writeCounts(Column.counts(cell));
    }
  }

  private void writeNames(List<?> names) throws IOException {
    json.writeStartArray();
    for (Object name : names) {
      json.writeString(name.toString());
    }
    json.writeEndArray();
  }

  private void writeCounts(Map<?, ?> counts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> count : counts.entrySet()) {
      json.writeNumberField(count.getKey().toString(), (Long) count.getValue());
    }
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
