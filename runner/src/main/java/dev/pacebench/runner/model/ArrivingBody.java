package dev.pacebench.runner.model;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP answer, part by part as it arrives.
 *
 * <p>At most one part waits here, so a slow reader slows the sender. Waiting for a part can be
 * interrupted, and closing it ends the request at once.
 */
final class ArrivingBody implements HttpResponse.BodySubscriber<ArrivingBody>, AutoCloseable {

  /** A part, or the end, with what went wrong if something did. */
  private record Arrival(byte[] bytes, boolean last, @Nullable Throwable failure) {}

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;
  private volatile boolean ended;
  private volatile boolean draining;

  @Override
  public CompletionStage<ArrivingBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (draining) {
      return;
    }
    int length = 0;
    for (ByteBuffer buffer : buffers) {
      length += buffer.remaining();
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (ByteBuffer buffer : buffers) {
      int part = buffer.remaining();
      buffer.get(bytes, at, part);
      at += part;
    }
    arrivals.add(new Arrival(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    ended = true;
    arrivals.add(new Arrival(new byte[0], true, failure));
  }

  @Override
  public void onComplete() {
    ended = true;
    arrivals.add(new Arrival(new byte[0], true, null));
  }

  /** The next part; null at the end. */
  byte @Nullable [] next() throws InterruptedException, IOException {
    Arrival arrival = arrivals.take();
    if (arrival.failure() != null) {
      throw new IOException("the answer broke off: " + arrival.failure(), arrival.failure());
    }
    if (arrival.last()) {
      return null;
    }
    ask(1);
    return arrival.bytes();
  }

  /** Throws away what still comes, so that the connection can be used again once it has ended. */
  void drain() {
    draining = true;
    ask(Long.MAX_VALUE);
  }

  /** Ends the request unless it has ended. */
  @Override
  public void close() {
    Flow.Subscription open;
    synchronized (this) {
      open = subscription;
    }
    if (open != null && !ended) {
      open.cancel();
    }
  }

  private void ask(long parts) {
    Flow.Subscription open;
    synchronized (this) {
      open = subscription;
    }
    if (open != null) {
      open.request(parts);
    }
  }
}
