package dev.pacebench.runner.model;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP answer, part by part as it arrives.
 *
 * <p>At most one part waits here, so a slow reader slows the sender. Waiting for a part can be
 * interrupted, and closing it ends the request at once.
 */
final class ArrivingBody implements HttpResponse.BodySubscriber<ArrivingBody>, AutoCloseable {

  /** A part, or the end, with what went wrong if something did. */
  private static final class Arrival {

    private final byte @Nullable [] bytes;
    private final @Nullable Throwable failure;

    Arrival(byte @Nullable [] bytes, @Nullable Throwable failure) {
      this.bytes = bytes;
      this.failure = failure;
    }
  }

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;
  private final CountDownLatch ended = new CountDownLatch(1);
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
    arrivals.add(new Arrival(bytes, null));
  }

  @Override
  public void onError(Throwable failure) {
    ended.countDown();
    arrivals.add(new Arrival(null, failure));
  }

  @Override
  public void onComplete() {
    ended.countDown();
    arrivals.add(new Arrival(null, null));
  }

  /** The next part; null at the end. */
  byte @Nullable [] next() throws InterruptedException, IOException {
    Arrival arrival = arrivals.take();
    if (arrival.failure != null) {
      throw new IOException("the answer broke off: " + arrival.failure, arrival.failure);
    }
    if (arrival.bytes != null) {
      ask(1);
    }
    return arrival.bytes;
  }

  /**
   * Throws away what still comes, and waits a moment for the end of it: only then can the
   * connection, and the gateway's to the provider, be used again.
   *
   * @return whether it ended
   */
  boolean drain(long millis) throws InterruptedException {
    draining = true;
    ask(Long.MAX_VALUE);
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Ends the request unless it has ended. */
  @Override
  public void close() {
    Flow.Subscription open;
    synchronized (this) {
      open = subscription;
    }
    if (open != null && ended.getCount() > 0) {
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
