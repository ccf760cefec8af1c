package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.policy.CallLimiter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A call's place under our own limits: waited for, held, given back once. For one event loop.
 *
 * <p>A place that comes when nobody wants it any more goes back at once.
 */
final class Place {

  private final TrialDoor door;
  private final OpenCall call;
  private final CompletableFuture<CallLimiter.Permit> asked;
  private boolean waiting = true;
  private boolean given;

  /** One while it counts as waiting. */
  private int counted;

  Place(TrialDoor door, OpenCall call) {
    this.door = door;
    this.call = call;
    this.asked = door.spec().limiter().acquire();
    if (!asked.isDone()) {
      counted = 1;
      door.waits().change(1, 0);
    }
  }

  /** Goes on with the place, and with whether it had to wait for it. */
  void await(Consumer<Boolean> then) {
    if (asked.isDone()) {
      got(then, false);
    } else {
      var unused = asked.whenComplete((permit, e) -> call.execute(() -> got(then, true)));
    }
  }

  private void got(Consumer<Boolean> then, boolean waited) {
    if (waiting) {
      waiting = false;
      door.waits().change(-counted, 1);
      then.accept(waited);
    }
  }

  /** Gives the place up, held or not. */
  void giveBack() {
    if (given) {
      return;
    }
    given = true;
    if (waiting) {
      waiting = false;
      door.waits().change(-counted, 0);
      asked.cancel(true);
    } else {
      door.waits().change(0, -1);
    }
    var unused = asked.thenAccept(CallLimiter.Permit::close);
  }
}
