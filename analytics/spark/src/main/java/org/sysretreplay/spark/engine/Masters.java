package org.sysretreplay.spark.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The addresses of a standalone cluster's masters; one of them leads. */
record Masters(List<Address> addresses) {

  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");

  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");

  private static final int CONNECT_MILLIS = 5_000;

  private static final int GREATEST_PORT = 65_535;

  /** The address of one master. */
  record Address(String host, int port) {

    /** Why nobody answers at this address; empty if somebody does. */
    private Optional<String> complaint() {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of("nobody answers at %s (%s)".formatted(this, e.getMessage()));
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Parses the URL of a standalone cluster; empty for any other URL.
   *
   * @throws IllegalArgumentException if a master is not HOST:PORT
   */
  static Optional<Masters> of(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (!standalone.matches()) {
      return Optional.empty();
    }
    List<Address> addresses = new ArrayList<>();
    for (String each : standalone.group(1).split(",")) {
      Matcher address = HOST_AND_PORT.matcher(each);
      if (!address.matches() || Integer.parseInt(address.group(2)) > GREATEST_PORT) {
        throw new IllegalArgumentException(each + " is no HOST:PORT");
      }
      addresses.add(new Address(address.group(1), Integer.parseInt(address.group(2))));
    }
    return Optional.of(new Masters(addresses));
  }

  /** Why no master can be reached; empty if one can. */
  Optional<String> complaint() {
    Optional<String> complaint = Optional.empty();
    for (Address each : addresses) {
      complaint = each.complaint();
      if (complaint.isEmpty()) {
        return complaint;
      }
    }
    return complaint;
  }

  @Override
  public String toString() {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
