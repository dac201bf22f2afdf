package org.sysretreplay.emulator;

/**
 * What the two instructions depend on besides the frame.
 *
 * @param addressBits the width of a canonical virtual address: 48, or 57 with LA57
 */
public record Cpu(Vendor vendor, int addressBits) {

  /** Who built the CPU; they differ in when SYSRET looks at the address. */
  public enum Vendor {
    INTEL,
    AMD
  }

  private static final int BITS = 48;
  private static final int BITS_LA57 = 57;

  /** An Intel CPU with 4-level paging. */
  public static final Cpu INTEL = new Cpu(Vendor.INTEL, BITS);

  /** An AMD CPU with 4-level paging. */
  public static final Cpu AMD = new Cpu(Vendor.AMD, BITS);

  /** That vendor's CPU as the machine runs it. */
  public static Cpu of(Vendor vendor, Machine machine) {
    return new Cpu(vendor, machine.la57() ? BITS_LA57 : BITS);
  }

  /** Whether all bits above the address width repeat its top bit. */
  public boolean canonical(long address) {
    int unused = Long.SIZE - addressBits;
    return address << unused >> unused == address;
  }
}
