package dev.pacebench.leaderboard.page;

import java.nio.charset.StandardCharsets;

/** Writes the page: one HTML file that needs nothing else. */
public final class BoardPage {

  private BoardPage() {}

  /** For a file. */
  public static String html(PageData data) {
    return page(data, "", "");
  }

  /**
   * For a server whose figures change.
   *
   * @param eventsUrl server-sent events, of the page's own origin
   * @param dataUrl the JSON, of the page's own origin
   */
  public static String live(PageData data, String eventsUrl, String dataUrl) {
    return page(data, eventsUrl, dataUrl);
  }

  private static String page(PageData data, String eventsUrl, String dataUrl) {
    return "<!doctype html><html lang=\"en\" data-live=\""
        + eventsUrl
        + "\" data-url=\""
        + dataUrl
        + "\"><script type=\"application/json\" id=\"data\">"
        + new String(data.json(), StandardCharsets.UTF_8)
        + "</script></html>";
  }
}
