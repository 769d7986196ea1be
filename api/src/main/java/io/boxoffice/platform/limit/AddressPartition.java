package io.boxoffice.platform.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Names the partition of a client's address. An IPv6 client usually has a network of 64 bits (RFC
 * 6177, RFC 7421) and can change the rest of its address at will, so the network counts.
 */
public final class AddressPartition {
  private static final int NETWORK_BYTES = 8;

  private AddressPartition() {}

  /**
   * The network of a numeric address: its first 24 bits, or 64 of IPv6. A person usually keeps it
   * while the rest of the address changes.
   */
  public static String network(String address) {
    String partition = of(address);
    int host = partition.lastIndexOf('.');
    return host < 0 ? partition : partition.substring(0, host) + ".0/24";
  }

  /** The partition of a numeric address. */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException notAnAddress) {
      return address;
    }
  }
}
