package dev.pacebench.runner.gateway.policy;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines without the secrets that are known, in messages and stack traces alike.
 *
 * <p>No class of ours logs a header or a body; a library's exception may still quote one.
 */
public final class SafeLogEncoder extends PatternLayoutEncoder {

  private final Redactor redactor = new Redactor(KnownSecrets::all);

  @Override
  public byte[] encode(ILoggingEvent event) {
    Charset given = charset();
    Charset charset = given == null ? StandardCharsets.UTF_8 : given;
    return redactor.apply(getLayout().doLayout(event)).getBytes(charset);
  }

  private @Nullable Charset charset() {
    return getCharset();
  }
}
