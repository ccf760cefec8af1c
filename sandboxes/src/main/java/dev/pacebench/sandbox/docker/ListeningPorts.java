package dev.pacebench.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The TCP ports on which somebody listens in the network of a process of this host. */
final class ListeningPorts {

  private static final String LISTENING = "0A";
  private static final int HEXADECIMAL = 16;

  private ListeningPorts() {}

  /** Empty when this host does not tell. */
  static Optional<Set<Integer>> of(long pid) {
    Path net = Path.of("/proc", String.valueOf(pid), "net");
    try {
      Set<Integer> ports = new TreeSet<>();
      add(Files.readAllLines(net.resolve("tcp")), ports);
      Path newer = net.resolve("tcp6");
      if (Files.isReadable(newer)) {
        add(Files.readAllLines(newer), ports);
      }
      return Optional.of(ports);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void add(List<String> lines, Set<Integer> ports) {
    for (String line : lines) {
      // "  0: 0100007F:1F90 00000000:0000 0A ..." with the port after the local address.
      String[] words = line.strip().split("\\s+");
      if (words.length > 3 && words[3].equals(LISTENING)) {
        String port = words[1].substring(words[1].lastIndexOf(':') + 1);
        ports.add(Integer.parseInt(port, HEXADECIMAL));
      }
    }
  }
}
