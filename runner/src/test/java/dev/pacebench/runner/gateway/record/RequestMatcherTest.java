package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as the same request, and how a difference is told. */
class RequestMatcherTest {

  private final RequestMatcher matcher = new RequestMatcher();

  private Optional<String> compare(String recorded, String now) {
    return matcher
        .compare(Calls.bytes(recorded), Calls.bytes(now))
        .map(RequestMatcher.Difference::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":[true,null]} | {\"b\":[true,null],\"a\":1.0}",
        "{\"prompt_cache_key\":\"x\",\"a\":1} | {\"a\":1,\"client_metadata\":{\"t\":5}}",
        "{\"service_tier\":\"priority\"} | {}",
        "{\"t\":\"on 2026-11-21 at 04:05\"} | {\"t\":\"on 2026-11-22 at 23:59\"}",
        "{\"t\":\"2026-11-21T04:05:06.123Z\"} | {\"t\":\"2025-01-01T00:00:00Z\"}",
        "{\"t\":\"7 passed in 0.21 seconds\"} | {\"t\":\"7 passed in 12.5 seconds\"}",
        "{\"t\":\"id 123e4567-e89b-12d3-a456-426614174000\"} | {\"t\":\"id 00000000-e89b-12d3-a456-426614174000\"}",
        "{\"i\":[{\"call_id\":\"a\"},{\"call_id\":\"a\"}]} | {\"i\":[{\"call_id\":\"b\"},{\"call_id\":\"b\"}]}"
      })
  void leavesAsideWhatMayDiffer(String recorded, String now) {
    assertThat(compare(recorded, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"b\":[1,2]}} | {\"a\":{\"b\":[1,3]}} | at /a/b/1: recorded 2, now 3",
        "{\"a\":[1]} | {\"a\":[1,\"x\"]} | at /a/1: recorded nothing, now \"x\"",
        "{\"a\":1} | {} | at /a: recorded 1, now nothing",
        "{\"a/b\":1} | {\"a/b\":2} | at /a~1b: recorded 1, now 2",
        "{\"a\":\"7 passed\"} | {\"a\":\"6 passed\"} | at /a: recorded \"7 passed\", now \"6 passed\"",
        "{\"x\":{\"user\":1}} | {\"x\":{\"user\":2}} | at /x/user: recorded 1, now 2",
        "{\"i\":[{\"id\":\"a\"},{\"id\":\"b\"}]} | {\"i\":[{\"id\":\"c\"},{\"id\":\"c\"}]} | at /i/1/id: recorded \"b\", now \"c\"",
        "text | other | at /: recorded a body that is no JSON, now another one"
      })
  void namesTheFirstDifference(String recorded, String now, String difference) {
    assertThat(compare(recorded, now)).contains(difference);
  }

  @Test
  void anIdKeepsItsMeaningThroughoutATrial() {
    assertThat(compare("{\"id\":\"a\"}", "{\"id\":\"x\"}")).isEmpty();

    assertThat(compare("{\"id\":\"a\"}", "{\"id\":\"y\"}")).isPresent();
    assertThat(compare("{\"id\":\"b\"}", "{\"id\":\"x\"}")).isPresent();
    assertThat(compare("{\"id\":\"a\"}", "{\"id\":\"x\"}")).isEmpty();
  }

  @Test
  void aRequestThatDiffersLeavesNoIdsBehind() {
    assertThat(compare("{\"id\":\"a\",\"n\":1}", "{\"id\":\"x\",\"n\":2}")).isPresent();

    assertThat(compare("{\"id\":\"a\",\"n\":1}", "{\"id\":\"y\",\"n\":1}")).isEmpty();
  }

  @Test
  void longTextsAreCutToThePlaceWhereTheyDiffer() {
    String same = "word ".repeat(2000);

    String told =
        compare(
                "{\"t\":\"" + same + "red" + same + "\"}",
                "{\"t\":\"" + same + "blue" + same + "\"}")
            .orElseThrow();

    assertThat(told).hasSizeLessThan(250).contains("red", "blue", "at /t: recorded \"...");
  }
}
