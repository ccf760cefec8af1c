package dev.pacebench.runner.serve;

import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is let in, by the request's headers alone.
 *
 * <p>A page of another site must get nothing: not by a name that it lets point here, not by
 * embedding, not by fetching. A link from elsewhere may open a page, which its site cannot read.
 */
final class Gate {

  /** What becomes of a request. */
  enum Verdict {
    PASS,
    WRONG_HOST,
    FOREIGN,
    TOKEN_NEEDED
  }

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|\\[[0-9a-fA-F:.]{2,45}]");

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final boolean anyAddress;
  private final int port;
  private final Optional<String> token;
  private final String cookieName;
  private final String cookieValue;

  Gate(ServeSettings settings, int port) {
    this.port = port;
    this.token = settings.token();
    InetAddress bound = ServeSettings.address(settings.bind());
    anyAddress = bound.isAnyLocalAddress();
    hosts.add(lower(literal(bound)));
    if (bound.isLoopbackAddress() || anyAddress) {
      hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
    }
    hosts.add(lower(settings.bind()));
    settings.names().forEach(name -> names.add(lower(name)));
    // Cookies do not tell ports apart.
    cookieName = "pacebench_" + port;
    cookieValue = token.map(Gate::derived).orElse("");
  }

  /** A literal as it stands in an address. */
  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text.replaceFirst("%.*", "") + "]";
  }

  /**
   * Judges a request.
   *
   * @param page whether it asks for something that a browser may open on its own
   */
  Verdict judge(MultiMap headers, boolean page) {
    List<String> host = headers.getAll("Host");
    if (host.size() != 1 || !isOurs(host.get(0))) {
      return Verdict.WRONG_HOST;
    }
    if (isForeign(headers, host.get(0), page)) {
      return Verdict.FOREIGN;
    }
    return token.isEmpty() || hasToken(headers) ? Verdict.PASS : Verdict.TOKEN_NEEDED;
  }

  private boolean isOurs(String host) {
    int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
    String name = lower(colon < 0 ? host : host.substring(0, colon));
    if (names.contains(name)) {
      // Something in front of the server may have a port of its own.
      return true;
    }
    boolean ourPort = colon < 0 ? port == 80 : host.substring(colon + 1).equals("" + port);
    return ourPort && (hosts.contains(name) || (anyAddress && ADDRESS.matcher(name).matches()));
  }

  private static boolean isForeign(MultiMap headers, String host, boolean page) {
    String origin = headers.get("Origin");
    if (origin != null
        && !lower(origin).equals("http://" + lower(host))
        && !lower(origin).equals("https://" + lower(host))) {
      return true;
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      return false;
    }
    boolean opened =
        page
            && "navigate".equals(headers.get("Sec-Fetch-Mode"))
            && "document".equals(headers.get("Sec-Fetch-Dest"));
    return !opened;
  }

  private boolean hasToken(MultiMap headers) {
    String authorization = headers.get("Authorization");
    if (authorization != null && authorization.startsWith("Bearer ")) {
      return isToken(authorization.substring("Bearer ".length()).strip());
    }
    for (String cookies : headers.getAll("Cookie")) {
      for (String cookie : cookies.split(";", -1)) {
        String[] parts = cookie.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(cookieName) && same(parts[1], cookieValue)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether this is the token that was set. */
  boolean isToken(@Nullable String given) {
    return given != null && token.isPresent() && same(given, token.get());
  }

  /** What the browser keeps instead of the token, which it cannot be found out from. */
  String cookie() {
    return cookieName + "=" + cookieValue + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000";
  }

  /** Takes as long whether all or nothing of it agrees; of equal length, for it compares hashes. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(hash("compared", one), hash("compared", other));
  }

  private static String derived(String token) {
    return HexFormat.of().formatHex(hash(token, "pacebench serve, cookie"));
  }

  private static byte[] hash(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
