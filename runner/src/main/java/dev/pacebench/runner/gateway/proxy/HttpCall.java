package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.proxy.Prepared.Access;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One model call over HTTP: its request, its attempts, and what its caller gets.
 *
 * <p>Lives on the event loop of its caller's connection. A further attempt is made only while
 * nothing was forwarded.
 */
final class HttpCall implements OpenCall {

  private static final int MOST_ATTEMPTS = 100;

  private final TrialDoor door;
  private final Context context;
  private final HttpServerRequest in;
  private final CallPath path;
  private final Protocol protocol;
  private final String query;
  private final long arrived;
  private @Nullable RequestBody body;
  private int seq;
  private boolean refreshed;
  private @Nullable Exchange exchange;
  private @Nullable Place place;
  private boolean over;

  HttpCall(TrialDoor door, HttpServerRequest in, CallPath path, String query) {
    this.door = door;
    this.context = door.vertx().getOrCreateContext();
    this.in = in;
    this.path = path;
    this.protocol = path.protocol();
    this.query = query;
    this.arrived = door.nanos();
  }

  void start() {
    if (!door.enter(this)) {
      Replies.refuse(in, protocol, 401, "invalid_api_key", "the agent phase is over");
      return;
    }
    in.response().closeHandler(v -> callerGone());
    in.response().exceptionHandler(e -> {});
    if ("100-continue".equalsIgnoreCase(in.getHeader("expect"))) {
      in.response().writeContinue();
    }
    body = RequestBody.read(door, in, this::prepare, this::unreadable);
  }

  private void unreadable(RequestBody.Failure why) {
    if (over) {
      return;
    }
    leave();
    switch (why) {
      case TOO_LARGE -> refuse(413, "request_too_large", "requests may have 64 MB at most");
      case NO_ROOM -> refuse(413, "request_too_large", "too many large requests at once");
      case TOO_SLOW -> refuse(408, "request_timeout", "the request did not come within 60 s");
      case GONE -> in.connection().close();
    }
  }

  private void prepare(byte[] bytes) {
    if (over) {
      return;
    }
    seq = door.nextSeq();
    String encoding = in.getHeader("content-encoding");
    door.vertx()
        .executeBlocking(() -> Prepared.of(door.upstream(), path, bytes, encoding), false)
        .onComplete(
            made -> {
              if (over) {
                return;
              }
              if (made.succeeded()) {
                attempt(1, made.result(), arrived, null, false);
              } else {
                leave();
                refuse(502, "no_credential", "the gateway could not read the provider's key");
              }
            });
  }

  private void attempt(
      int number, Prepared request, long scheduled, @Nullable RetryWait waited, boolean fresh) {
    if (over) {
      return;
    }
    Attempt attempt =
        new Attempt(
            door,
            seq,
            number,
            protocol,
            request.asked().stream() ? Transport.SSE : Transport.PLAIN,
            request.asked(),
            scheduled,
            waited);
    Exchange mine = new Exchange(door, in, attempt, request, query, new Ends(request, attempt));
    exchange = mine;
    door.began(attempt);
    if (spent(attempt)) {
      return;
    }
    attempt.waiting();
    Place asked = new Place(door, this);
    place = asked;
    asked.await(
        waitedHere -> {
          if (!over && !spent(attempt)) {
            long free = scheduled + (waited == null ? 0 : waited.nanos());
            attempt.released(waitedHere ? door.nanos() : free);
            mine.send(fresh);
          }
        });
  }

  /** Whether the trial's own limit is used up; the call is refused then. */
  private boolean spent(Attempt attempt) {
    Optional<Ended> used = door.spec().budget().usedUp();
    if (used.isEmpty()) {
      return false;
    }
    String code = used.get().word();
    attempt.ended(CallEnd.LIMITED, code, "the trial's own limit is used up");
    leave();
    refuse(400, "insufficient_quota", "the trial's own limit is used up: " + code);
    return true;
  }

  /** What an exchange tells its call. */
  private final class Ends implements Exchange.Ends {
    private final Prepared request;
    private final Attempt attempt;

    private Ends(Prepared request, Attempt attempt) {
      this.request = request;
      this.attempt = attempt;
    }

    @Override
    public boolean mayTryAgain(int status) {
      return (status == 401 && !refreshed) || !door.upstream().retries().equals(RetryRule.NEVER);
    }

    @Override
    public void stale() {
      CallRecord record = attempt.record();
      givePlaceBack();
      attempt(
          attempt.number() + 1,
          request,
          record == null ? door.nanos() : record.times().end(),
          null,
          true);
    }

    @Override
    public void failed(Runnable giveUp) {
      CallRecord record = attempt.record();
      givePlaceBack();
      if (over || record == null || attempt.number() >= MOST_ATTEMPTS) {
        giveUp.run();
      } else if (record.answer().status() == 401 && !refreshed) {
        refreshed = true;
        refresh(record, giveUp);
      } else {
        byRule(record, giveUp);
      }
    }

    private void refresh(CallRecord record, Runnable giveUp) {
      door.vertx()
          .executeBlocking(
              () ->
                  door.upstream().keys().refresh()
                      ? Optional.of(Access.of(door.upstream().keys(), protocol))
                      : Optional.<Access>empty(),
              false)
          .onComplete(
              access -> {
                if (over) {
                  return;
                }
                if (access.succeeded() && access.result().isPresent()) {
                  Prepared again = request.with(access.result().get());
                  attempt(attempt.number() + 1, again, record.times().end(), null, false);
                } else {
                  byRule(record, giveUp);
                }
              });
    }

    private void byRule(CallRecord record, Runnable giveUp) {
      Optional<RetryRule.Wait> wait =
          door.upstream().retries().after(attempt.number(), record.answer(), attempt.shouldRetry());
      if (wait.isEmpty()) {
        giveUp.run();
        return;
      }
      long end = record.times().end();
      door.waits().change(0, 1);
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait.get().length().toNanos()));
      door.vertx()
          .setTimer(
              millis,
              id -> {
                door.waits().change(0, -1);
                RetryWait waited = new RetryWait(door.nanos() - end, wait.get().ordered());
                attempt(attempt.number() + 1, request, end, waited, false);
              });
    }

    @Override
    public void done() {
      leave();
    }
  }

  private void refuse(int status, String code, String message) {
    Replies.refuse(in, protocol, status, code, message);
  }

  private void callerGone() {
    if (!over) {
      cut(CallEnd.ABANDONED, "the agent closed the connection");
    }
  }

  @Override
  public void execute(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  @Override
  public void phaseOver() {
    if (!over) {
      cut(CallEnd.PHASE_OVER, "the agent phase ended");
      in.connection().close();
    }
  }

  private void cut(CallEnd end, String why) {
    Exchange running = exchange;
    leave();
    if (running != null) {
      running.cut(end, why);
    }
  }

  private void givePlaceBack() {
    if (place != null) {
      place.giveBack();
      place = null;
    }
  }

  private void leave() {
    over = true;
    givePlaceBack();
    if (body != null) {
      body.free();
    }
    door.leave(this);
  }
}
