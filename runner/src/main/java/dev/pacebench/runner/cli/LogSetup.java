package dev.pacebench.runner.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.pacebench.runner.gateway.policy.SafeLogEncoder;
import java.util.List;

/**
 * Sends warnings to stderr in one plain line.
 *
 * <p>Code, not a file: reading one as XML takes a short command longer than its database query. The
 * command line adds a log file, and stack traces with {@code -v}.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** Chatter about their own insides; what matters of it comes back as an exception. */
  private static final List<String> CHATTY =
      List.of(
          "org.jberet",
          "org.jboss",
          "org.flywaydb",
          "com.zaxxer.hikari",
          "com.github.dockerjava",
          "org.apache.hc");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    SafeLogEncoder encoder = new SafeLogEncoder();
    encoder.setContext(context);
    encoder.setPattern("pacebench: %msg%nopex%n");
    encoder.start();
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setContext(context);
    warnings.setLevel(Level.WARN.toString());
    warnings.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setName("STDERR");
    stderr.setTarget("System.err");
    stderr.addFilter(warnings);
    stderr.setEncoder(encoder);
    stderr.start();
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    context.getLogger("ROOT").setLevel(Level.WARN);
    context.getLogger("ROOT").addAppender(stderr);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
