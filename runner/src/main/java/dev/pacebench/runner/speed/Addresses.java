package dev.pacebench.runner.speed;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Whether an address is one's own. */
final class Addresses {

  private Addresses() {}

  /** Whether a server is on this machine or in a private network; by all of its addresses. */
  static boolean isPrivate(String url) {
    try {
      String host = URI.create(url).getHost();
      if (host == null) {
        return false;
      }
      InetAddress[] found = InetAddress.getAllByName(host);
      for (InetAddress address : found) {
        if (!isPrivate(address)) {
          return false;
        }
      }
      return found.length > 0;
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    // Unique local addresses of IPv6, which Java's own test does not know.
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal;
  }
}
