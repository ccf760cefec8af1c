package dev.pacebench.runner.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that do what an open live page does: listen, and fetch the figures when they changed. */
final class LivePages implements AutoCloseable {

  private final URI server;
  private final ExecutorService thread =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread made = new Thread(work, "live-pages");
            made.setDaemon(true);
            return made;
          });
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(thread).build();
  private final List<Page> pages = new ArrayList<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean closing;

  LivePages(URI server) {
    this.server = server;
  }

  long events() {
    return events.get();
  }

  long fetched() {
    return fetched.get();
  }

  long bytes() {
    return bytes.get();
  }

  long lost() {
    return lost.get();
  }

  long complete() {
    return pages.stream().filter(page -> page.complete).count();
  }

  /** Until there is a board, and the run is under way. */
  void waitForRun() throws InterruptedException, IOException {
    for (int i = 0; i < 600; i++) {
      HttpRequest request = HttpRequest.newBuilder(server.resolve("/data.json")).build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("there is no run");
  }

  void open(int many) {
    for (int i = 0; i < many; i++) {
      Page page = new Page();
      pages.add(page);
      client
          .sendAsync(
              HttpRequest.newBuilder(server.resolve("/events?seen=0")).build(),
              HttpResponse.BodyHandlers.fromLineSubscriber(page))
          .whenComplete(
              (answer, failed) -> {
                if (!closing && (failed != null || answer.statusCode() != 200)) {
                  lost.incrementAndGet();
                }
              });
    }
  }

  /** Until every page has fetched once. */
  void waitForFigures() throws InterruptedException {
    for (int i = 0; i < 600 && fetched.get() < pages.size(); i++) {
      Thread.sleep(100);
    }
  }

  /** Until every page shows all trials of the run as done, or a minute is over. */
  void waitForEnd() throws InterruptedException {
    for (int i = 0; i < 600 && complete() < pages.size(); i++) {
      Thread.sleep(100);
    }
  }

  private final class Page implements Flow.Subscriber<String> {
    private final AtomicBoolean fetching = new AtomicBoolean();
    volatile boolean complete;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      bytes.addAndGet(line.length() + 1);
      if (line.startsWith("data:")) {
        events.incrementAndGet();
        if (line.contains("\"changed\":true") && fetching.compareAndSet(false, true)) {
          fetch();
        }
      }
    }

    private void fetch() {
      client
          .sendAsync(
              HttpRequest.newBuilder(server.resolve("/data.json"))
                  .header("Accept-Encoding", "gzip")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .whenComplete(
              (answer, failed) -> {
                fetching.set(false);
                if (failed == null && answer.statusCode() == 200) {
                  fetched.incrementAndGet();
                  bytes.addAndGet(answer.body().length);
                  complete = isComplete(answer.body());
                }
              });
    }

    @Override
    public void onError(Throwable problem) {
      if (!closing) {
        lost.incrementAndGet();
      }
    }

    @Override
    public void onComplete() {
      if (!closing) {
        lost.incrementAndGet();
      }
    }
  }

  /** A page of a browser reads all of it; here the first words tell enough. */
  private static boolean isComplete(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      JsonNode data = JsonMapper.shared().readTree(in.readAllBytes());
      return data.path("planned").asInt() > 0
          && data.path("planned").asInt() == data.path("done").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.shutdownNow();
  }
}
