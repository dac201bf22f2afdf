package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.TextTraceReader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Accepted;

/** Reads one JSON object a line; FORMATS.md lists the fields. Unknown fields are passed over. */
public final class JsonLinesReader extends TextTraceReader {

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();
  private final JsonFrame.Names names = new JsonFrame.Names();
  private final PlainLines plain = new PlainLines(names);
  private final Reading reading;
  private long frames;

  /** Reads every line as a frame; {@code reading} only decides how sure it is said to be. */
  public JsonLinesReader(Path path, Reading reading) {
    super(path);
    this.reading = reading;
  }

  @Override
  protected Optional<TraceRecord> parse(byte[] line, int length) {
    JsonFrame frame = plain.read(line, length);
    return Optional.of(
        frame != null && frame.isComplete() ? accepted(frame) : readAlone(line, length));
  }

  private TraceRecord accepted(JsonFrame frame) {
    TraceRecord accepted = new Accepted(atStage(frame.toExitFrame(frames)));
    frames++;
    return accepted;
  }

  /** A line by itself, so that what is wrong with it is told without what stands before it. */
  private TraceRecord readAlone(byte[] line, int length) {
    try (JsonParser parser = json.createParser(line, 0, length)) {
      return accepted(read(parser));
    } catch (JsonFieldException e) {
      return reject(e.reason(), e.getMessage());
    } catch (JsonProcessingException e) {
      String detail = RejectReason.MALFORMED_JSON.sentence() + " (" + why(e) + ")";
      return reject(RejectReason.MALFORMED_JSON, detail);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private ExitFrame atStage(ExitFrame frame) {
    return switch (reading) {
      case ASSEMBLED -> frame;
      case AS_RECORDED -> frame.early();
    };
  }

  /** What the parser says, without the place within the line that it may add in brackets. */
  private static String why(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }

  private JsonFrame read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, RejectReason.MALFORMED_JSON.sentence());
    }
    JsonFrame frame = new JsonFrame(names);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_NULL && frame.put(name, parser) == JsonFrame.UNKNOWN) {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, "more than one JSON value stands on the line");
    }
    return frame;
  }
}
