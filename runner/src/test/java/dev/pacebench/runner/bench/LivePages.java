package dev.pacebench.runner.bench;

import dev.pacebench.runner.serve.LowPriority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Clients that do what open live pages do: listen, and fetch the figures when they changed.
 *
 * <p>They stand for browsers on other machines, so they belong to the instrument: a process of
 * their own at idle priority, in which one thread reads, and nothing is understood but what is
 * counted. Figures of one ETag are unpacked once, whoever fetches them.
 */
final class LivePages {

  static final String ALL_HAVE_FIGURES = "figures";
  static final String ALL_SHOW_THE_END = "end";
  private static final long LONGEST_SLEEP = 1_000;

  /** What all pages together have counted; written as one line. */
  record Counts(long events, long fetched, long bytes, long lost, long complete) {

    String line() {
      return events + " " + fetched + " " + bytes + " " + lost + " " + complete;
    }

    static Counts of(String line) {
      String[] words = line.split(" ", 5);
      return new Counts(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }
  }

  private final InetSocketAddress server;
  private final String host;
  private final Selector selector;
  private final List<LivePage> pages = new ArrayList<>();
  private final PriorityQueue<LivePage> fetching =
      new PriorityQueue<>((a, b) -> Long.compare(a.fetchAt(), b.fetchAt()));
  private final Map<String, Boolean> complete = new HashMap<>();
  private final Random random = new Random(7);
  long events;
  long fetched;
  long bytes;
  long lost;
  private volatile boolean over;

  private LivePages(URI url) throws IOException {
    server = new InetSocketAddress(url.getHost(), url.getPort());
    host = url.getHost() + ":" + url.getPort();
    selector = Selector.open();
  }

  /** Opens pages of a server, says what all of them have, and counts until its input ends. */
  public static void main(String[] args) throws IOException {
    LowPriority.ask();
    LivePages all = new LivePages(URI.create(args[0]));
    Thread end = new Thread(all::awaitEnd, "end");
    end.setDaemon(true);
    end.start();
    all.run(Integer.parseInt(args[1]));
    System.out.println(all.counts().line());
  }

  private void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said but the end.
      }
    } catch (IOException e) {
      // That is the end, too.
    }
    over = true;
    selector.wakeup();
  }

  private void run(int many) throws IOException {
    for (int i = 0; i < many; i++) {
      LivePage page = new LivePage(this);
      pages.add(page);
      page.listen();
    }
    String said = "";
    while (!over) {
      LivePage next = fetching.peek();
      long wait =
          next == null
              ? LONGEST_SLEEP
              : TimeUnit.NANOSECONDS.toMillis(next.fetchAt() - System.nanoTime()) + 1;
      selector.select(
          key -> ((LivePage.Talk) key.attachment()).read(),
          Math.max(1, Math.min(LONGEST_SLEEP, wait)));
      while (!fetching.isEmpty() && fetching.peek().fetchAt() <= System.nanoTime()) {
        fetching.remove().fetch();
      }
      String state = state();
      if (!state.equals(said)) {
        System.out.println(state);
        said = state;
      }
    }
  }

  private String state() {
    if (pages.stream().allMatch(LivePage::isComplete)) {
      return ALL_SHOW_THE_END;
    }
    return pages.stream().allMatch(LivePage::hasFigures) ? ALL_HAVE_FIGURES : "";
  }

  private Counts counts() {
    return new Counts(
        events, fetched, bytes, lost, pages.stream().filter(LivePage::isComplete).count());
  }

  /** Has a page fetch at some moment of the next milliseconds, as the script does. */
  void fetchWithin(LivePage page, long millis) {
    page.fetchAt(System.nanoTime() + (long) (random.nextDouble() * millis * 1e6));
    fetching.add(page);
  }

  Selector selector() {
    return selector;
  }

  InetSocketAddress server() {
    return server;
  }

  String host() {
    return host;
  }

  /** Whether figures say that all trials are done. */
  boolean isComplete(String etag, byte[] answer, int body) {
    return complete.computeIfAbsent(etag, unknown -> LivePage.isComplete(answer, body));
  }
}
