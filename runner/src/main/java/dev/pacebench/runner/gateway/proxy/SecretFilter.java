package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.policy.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Covers secrets in a stream with as many stars, wherever the stream is split.
 *
 * <p>Only bytes at the end of a part that could be the beginning of a secret wait for the next
 * part; everything else passes at once. Lengths never change. Secrets of fewer than {@value
 * #SHORTEST} bytes are words such as "local" and are not looked for. For one thread.
 */
@SuppressWarnings("ReferenceEquality") // The same array says that nothing was changed.
public final class SecretFilter {

  static final int SHORTEST = 8;
  private static final byte[] NONE = new byte[0];

  private final byte[][] secrets;
  private final boolean[] starts = new boolean[256];
  private byte[] held = NONE;

  public SecretFilter(List<Key> keys) {
    secrets =
        keys.stream()
            .map(key -> key.secret().getBytes(StandardCharsets.UTF_8))
            .filter(secret -> secret.length >= SHORTEST)
            .sorted(Comparator.<byte[]>comparingInt(secret -> secret.length).reversed())
            .toArray(byte[][]::new);
    for (byte[] secret : secrets) {
      starts[secret[0] & 0xff] = true;
    }
  }

  /** What may go on; the array that came, unchanged, where nothing had to be covered or held. */
  public byte[] pass(byte[] part) {
    if (secrets.length == 0) {
      return part;
    }
    byte[] all = held.length == 0 ? part : joined(held, part);
    held = NONE;
    return scan(all, all == part, true);
  }

  /** What was held, when no more comes. */
  public byte[] rest() {
    byte[] rest = held;
    held = NONE;
    return rest.length == 0 ? rest : scan(rest, true, false);
  }

  /** A whole text; independent of the stream. */
  byte[] whole(byte[] text) {
    return secrets.length == 0 ? text : scan(text, true, false);
  }

  /** A whole text, such as a header's value. */
  String whole(String text) {
    if (secrets.length == 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = whole(bytes);
    return out == bytes ? text : new String(out, StandardCharsets.UTF_8);
  }

  private byte[] scan(byte[] all, boolean shared, boolean more) {
    byte[] out = all;
    int i = 0;
    while (i < all.length) {
      if (!starts[all[i] & 0xff]) {
        i++;
        continue;
      }
      int found = 0;
      boolean perhaps = false;
      for (byte[] secret : secrets) {
        int same = same(all, i, secret);
        if (same == secret.length) {
          found = same;
          break;
        }
        perhaps |= i + same == all.length;
      }
      if (perhaps && more) {
        held = Arrays.copyOfRange(all, i, all.length);
        return i == all.length ? out : Arrays.copyOf(out, i);
      }
      if (found > 0) {
        if (shared && out == all) {
          out = all.clone();
        }
        Arrays.fill(out, i, i + found, (byte) '*');
        i += found;
      } else {
        i++;
      }
    }
    return out;
  }

  private static int same(byte[] all, int from, byte[] secret) {
    int most = Math.min(secret.length, all.length - from);
    int n = 0;
    while (n < most && all[from + n] == secret[n]) {
      n++;
    }
    return n;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
