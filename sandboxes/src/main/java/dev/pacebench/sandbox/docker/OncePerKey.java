package dev.pacebench.sandbox.docker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Lets one of several threads that want the same thing make it, while the others wait for it.
 *
 * <p>A failure reaches all that wait; whoever asks later tries anew.
 */
final class OncePerKey<T> {

  private final ConcurrentMap<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

  /**
   * Makes the thing, or waits for it.
   *
   * @param forWaiters turns what was made into what those who waited get
   */
  T get(String key, Supplier<T> make, UnaryOperator<T> forWaiters) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> other = underWay.putIfAbsent(key, mine);
    if (other != null) {
      try {
        return forWaiters.apply(other.join());
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
    try {
      T made = make.get();
      mine.complete(made);
      return made;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(key, mine);
    }
  }
}
