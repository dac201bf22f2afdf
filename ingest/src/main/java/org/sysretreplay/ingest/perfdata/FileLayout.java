package org.sysretreplay.ingest.perfdata;

import java.util.BitSet;
import org.sysretreplay.ingest.perfdata.Sections.Section;

/**
 * What the first bytes of a perf.data file say of where everything else stands.
 *
 * <pre>
 * offset  0 u64 magic       8 u64 header size  16 u64 attribute size
 *        24 attributes     40 data             56 event types (unused)   : u64 offset, u64 size
 *        72 256 bits of features; a section for each bit set stands behind the data
 * </pre>
 *
 * @param attributeBytes the size of each attribute, with the section of its ids
 * @param data the records; of no size until perf ends the file
 * @param features the bits that are set
 */
record FileLayout(long attributeBytes, Section attributes, Section data, BitSet features) {

  /** The size of all this. */
  static final int BYTES = 104;

  /** The offset of that size in the file: a recording from a pipe has another. */
  static final int HEADER_BYTES_AT = 8;

  static final int ATTRIBUTE_BYTES_AT = 16;

  /** The offset of the size of the records. */
  static final int DATA_BYTES_AT = 48;

  /** Reads it from the start of a file. */
  static FileLayout read(ByteCursor in) {
    in.skip("magic and header size", ATTRIBUTE_BYTES_AT);
    long attributeBytes = in.u64("attribute size");
    Section attributes = Section.read(in, "attributes");
    Section data = Section.read(in, "data");
    in.skip("event types", Section.BYTES);
    long[] features = {
      in.u64("features"), in.u64("features"), in.u64("features"), in.u64("features")
    };
    return new FileLayout(attributeBytes, attributes, data, BitSet.valueOf(features));
  }
}
