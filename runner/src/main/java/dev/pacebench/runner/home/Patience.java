package dev.pacebench.runner.home;

import dev.pacebench.runner.InfrastructureError;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what servers and threads of this process do, and not for ever.
 *
 * <p>Who is interrupted meanwhile stays interrupted, and waits no longer.
 */
public final class Patience {

  private static final int SECONDS = 20;
  private static final int LAST_SECONDS = 5;

  private Patience() {}

  /**
   * What comes of it.
   *
   * @param failure what cannot be done when it fails
   * @throws InfrastructureError with the reason
   */
  public static <T> T await(CompletionStage<T> stage, String failure, String remedy) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InfrastructureError(failure + ": interrupted", "start again", e);
    } catch (TimeoutException e) {
      throw new InfrastructureError(failure + ": no answer in " + SECONDS + " s", remedy, e);
    } catch (ExecutionException e) {
      throw new InfrastructureError(failure + ": " + reason(e), remedy, e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Waits for an end; what could not be ended ends with the process. */
  public static void quietly(CompletionStage<?> ending) {
    try {
      ending.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Nothing more can be done about it.
    }
  }

  /** Interrupts threads and waits for them. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
