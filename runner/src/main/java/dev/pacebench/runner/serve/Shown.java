package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.BoardPage;
import dev.pacebench.leaderboard.page.PageData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures as they are sent, made once for everybody who looks. */
final class Shown {

  private final Selection selection;
  private final long version;
  private final String stamp;
  private final List<String> underWay;
  private final PageData data;
  private final Content json;
  private @Nullable Content page;

  Shown(Selection selection, long version, String stamp, List<String> underWay, PageData data) {
    this.selection = selection;
    this.version = version;
    this.stamp = stamp;
    this.underWay = underWay;
    this.data = data;
    this.json = Content.of(Content.JSON, data.json(), Content.NOTHING);
  }

  /** Rises with every change. */
  long version() {
    return version;
  }

  String stamp() {
    return stamp;
  }

  /** Runs that somebody worked on. */
  List<String> underWay() {
    return underWay;
  }

  Content json() {
    return json;
  }

  /** The whole page; made when somebody opens it. */
  synchronized Content page() {
    Content made = page;
    if (made == null) {
      String query =
          selection.run().isEmpty() ? "" : "run=" + PageAddresses.segment(selection.run());
      String html =
          BoardPage.live(
              data,
              "/events?" + (query.isEmpty() ? "" : query + "&") + "seen=" + version,
              "/data.json" + (query.isEmpty() ? "" : "?" + query));
      made = Content.html(html, PagePolicy.of(html));
      page = made;
    }
    return made;
  }
}
