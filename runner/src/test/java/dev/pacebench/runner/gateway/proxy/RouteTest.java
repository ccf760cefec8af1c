package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  private static final Set<Protocol> ALL = EnumSet.allOf(Protocol.class);

  @ParameterizedTest
  @CsvSource({
    "/v1/responses, OPENAI_RESPONSES, ''",
    "/responses, OPENAI_RESPONSES, ''",
    "/v1/chat/completions, OPENAI_CHAT, ''",
    "/chat/completions?x=1&y=%20, OPENAI_CHAT, ?x=1&y=%20",
    "/v1/messages?beta=true, ANTHROPIC_MESSAGES, ?beta=true",
    "/messages, ANTHROPIC_MESSAGES, ''"
  })
  void modelCallsAreLetIn(String uri, Protocol protocol, String query) {
    assertThat(Route.of("POST", uri, false, ALL))
        .isEqualTo(new Route.Call(CallPath.of(protocol), query));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse, gemini-3-pro, true, ?alt=sse",
    "/v1/models/a/b-1.5@x:generateContent, a/b-1.5@x, false, ''",
    "/models/free:beta:generateContent?key=secret, free:beta, false, ''",
    "/models/m:streamGenerateContent?k%65y=s&alt=sse&x=%20&access_token=s, m, true, ?alt=sse&x=%20"
  })
  void theModelAndTheWayOfAnsweringStandInThePathOfGemini(
      String uri, String model, boolean stream, String query) {
    assertThat(Route.of("POST", uri, false, ALL))
        .isEqualTo(new Route.Call(new CallPath(Protocol.GEMINI, model, stream), query));
  }

  @Test
  void aStreamOfGeminiComesAsEventsOnly() {
    for (String query : new String[] {"", "?alt=json", "?x=alt=sse", "?alt=sse&alt=json"}) {
      String uri = "/v1beta/models/m:streamGenerateContent" + query;
      assertThat(Route.of("POST", uri, false, ALL)).as(uri).isInstanceOf(Route.Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/messages/count_tokens",
        "/v1/messages/",
        "/v1/Messages",
        "/v1//responses",
        "/v1/../v1/responses",
        "/v1/./responses",
        "/v1/%72esponses",
        "/v1/responses;x",
        "/v1/responses/",
        "//v1/responses",
        "/v1/responses%00",
        "/v1beta/models",
        "/v1beta/models/m",
        "/v1beta/models/m:countTokens",
        "/v1beta/models/m:generateContent/x",
        "/v1beta/models/:generateContent",
        "/v1beta/models/../m:generateContent",
        "/v1beta/models/a/../m:generateContent",
        "/v1beta/models/%2e%2e:generateContent",
        "/v1beta/models//m:generateContent",
        "/v1beta/tunedModels/m:generateContent",
        "/v1beta/cachedContents",
        "/admin"
      })
  void everythingElseIsNotThere(String uri) {
    assertThat(Route.of("POST", uri, false, ALL))
        .isInstanceOfSatisfying(
            Route.Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.example/v1/responses",
        "other.example:443",
        "*",
        "",
        "/v1/responses#x",
        "/v1\\responses",
        "/v1/res\u00e9"
      })
  void whatIsNoPathIsRefused(String uri) {
    assertThat(Route.of("POST", uri, false, ALL))
        .isInstanceOfSatisfying(
            Route.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void onlyTheProtocolsOfTheDoorAreOpen() {
    assertThat(Route.of("POST", "/v1/messages", false, Set.of(Protocol.OPENAI_CHAT)))
        .isInstanceOf(Route.Refused.class);
  }

  @Test
  void webSocketsAreForResponsesAlone() {
    assertThat(Route.of("GET", "/v1/responses", true, ALL))
        .isEqualTo(new Route.Upgrade(Protocol.OPENAI_RESPONSES, ""));
    assertThat(Route.of("GET", "/v1/messages", true, ALL)).isInstanceOf(Route.Refused.class);
    assertThat(Route.of("POST", "/v1/responses", true, ALL)).isInstanceOf(Route.Refused.class);
    assertThat(Route.of("GET", "/v1/responses", false, ALL)).isInstanceOf(Route.Refused.class);
    assertThat(Route.of("CONNECT", "/v1/responses", false, ALL)).isInstanceOf(Route.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, OPENAI_RESPONSES, '', /v1/responses",
    "https://api.openai.com/v1/, OPENAI_CHAT, '', /v1/chat/completions",
    "https://h/openai/v1?api-version=2, OPENAI_RESPONSES, ?x=1, /openai/v1/responses?api-version=2&x=1",
    "https://api.anthropic.com, ANTHROPIC_MESSAGES, ?beta=true, /v1/messages?beta=true",
    "https://api.anthropic.com/v1, ANTHROPIC_MESSAGES, '', /v1/messages",
    "http://127.0.0.1:8000, OPENAI_CHAT, '', /chat/completions"
  })
  void theBaseAddressKeepsItsOwnPath(URI base, Protocol protocol, String query, String expected) {
    assertThat(Targets.uri(base, CallPath.of(protocol), query)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://g.example, m, true, ?alt=sse, /v1beta/models/m:streamGenerateContent?alt=sse",
    "https://g.example/v1beta/, m, false, '', /v1beta/models/m:generateContent",
    "https://g.example/v1/p/google, m, false, '', /v1/p/google/models/m:generateContent",
    "https://g.example/any, a/b, false, '', /any/v1beta/models/a/b:generateContent",
    "https://g.example/v1, a?key=x#y z, false, '', /v1/models/a%3Fkey%3Dx%23y%20z:generateContent"
  })
  void theModelGoesIntoThePathOfGemini(
      URI base, String model, boolean stream, String query, String expected) {
    CallPath asked = new CallPath(Protocol.GEMINI, "asked", stream);
    assertThat(Targets.uri(base, asked.with(model), query)).isEqualTo(expected);
  }
}
