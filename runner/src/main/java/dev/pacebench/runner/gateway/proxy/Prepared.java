package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.KeyRing;
import dev.pacebench.runner.gateway.policy.Rewriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it will be sent. Made on a worker thread, since it reads documents and keys.
 *
 * @param path to send it to
 * @param body to send
 * @param sameEncoding whether the caller's content encoding still holds
 * @param headers of the rewriter
 * @param asked what it asks for
 * @param access the key to send with it
 */
@SuppressWarnings({"ArrayRecordComponent", "ReferenceEquality"}) // The same array: unchanged.
record Prepared(
    CallPath path,
    byte[] body,
    boolean sameEncoding,
    Map<String, String> headers,
    Asked asked,
    Access access) {

  /**
   * What lets a call in, and what must never come back.
   *
   * @param headers to send
   * @param secrets to cover
   */
  record Access(Map<String, String> headers, List<Key> secrets) {
    static Access of(KeyRing keys, Protocol protocol) {
      Map<String, String> headers = Map.copyOf(keys.headers(protocol));
      return new Access(headers, List.copyOf(keys.secrets()));
    }
  }

  static Prepared of(Upstream upstream, CallPath path, byte[] body, @Nullable String encoding) {
    Access access = Access.of(upstream.keys(), path.protocol());
    CallPath to = path.with(upstream.rewriter().model(path.model()));
    Optional<byte[]> text = RequestBody.decoded(body, encoding);
    if (text.isEmpty()) {
      return new Prepared(to, body, true, Map.of(), Asked.unknown().by(path, to), access);
    }
    Rewriter.Rewritten made = upstream.rewriter().rewrite(path.protocol(), text.get());
    boolean same = made.body() == text.get();
    Asked asked = made.asked().by(path, to);
    return new Prepared(to, same ? body : made.body(), same, made.headers(), asked, access);
  }

  Prepared with(Access other) {
    return new Prepared(path, body, sameEncoding, headers, asked, other);
  }
}
