package dev.pacebench.runner.serve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page says of itself that it may do, for the header that says the same and a little more.
 */
final class PagePolicy {

  /** These work in a header only. */
  private static final String HEADER_ONLY = "; frame-ancestors 'none'";

  private static final Pattern META =
      Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]{1,8000})\"");

  private PagePolicy() {}

  /** A page that says nothing may do nothing. */
  static String of(String html) {
    Matcher found = META.matcher(html.substring(0, Math.min(html.length(), 20_000)));
    return found.find() ? withHeader(unescaped(found.group(1))) : Content.NOTHING;
  }

  static String withHeader(String policy) {
    String all = policy;
    for (String more : new String[] {"base-uri 'none'", "form-action 'none'"}) {
      if (!all.contains(more.substring(0, more.indexOf(' ')))) {
        all += "; " + more;
      }
    }
    return all.replaceAll("[\\r\\n]+", " ") + HEADER_ONLY;
  }

  private static String unescaped(String text) {
    return text.replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
