package dev.pacebench.runner.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.pacebench.runner.gateway.policy.SafeLogEncoder;
import dev.pacebench.runner.home.Home;
import org.slf4j.LoggerFactory;

/** Sends what long commands log to a file of the home, and with {@code -v} to stderr as well. */
final class LogFile implements AutoCloseable {

  private static final String OWN = "dev.pacebench";

  private final Logger logger;
  private final FileAppender<ILoggingEvent> appender;

  private LogFile(Logger logger, FileAppender<ILoggingEvent> appender) {
    this.logger = logger;
    this.appender = appender;
  }

  /** Logs to {@code logs/pacebench.log} until closed. */
  static LogFile open(Home home, boolean verbose) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    SafeLogEncoder encoder = new SafeLogEncoder();
    encoder.setContext(context);
    encoder.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] %logger{30} %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(home.root().resolve("logs/pacebench.log").toString());
    appender.setEncoder(encoder);
    appender.start();
    Logger own = context.getLogger(OWN);
    own.setLevel(verbose ? Level.DEBUG : Level.INFO);
    own.addAppender(appender);
    return new LogFile(own, appender);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
