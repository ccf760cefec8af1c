package dev.pacebench.runner.gateway.proxy;

import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says in a few words why a connection failed; nothing that a provider sent is repeated. */
final class Causes {

  private static final int DEEPEST = 20;

  private Causes() {}

  static String reason(Throwable cause) {
    Throwable at = cause;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof UnknownHostException) {
        return "its name is unknown";
      }
      if (at instanceof SSLException) {
        return "its certificate or TLS is not trusted";
      }
      if (at instanceof ConnectException) {
        return "the connection is refused or timed out";
      }
      at = at.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.length() > 200 ? cause.getClass().getSimpleName() : message;
  }
}
