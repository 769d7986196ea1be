package io.boxoffice.stress.compare.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Asks the system for free ports, for processes that start again at the same address. */
final class Ports {
  private Ports() {}

  /** Different ports of the loopback that were free a moment ago. */
  static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int index = 0; index < count; index++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
