package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.CallListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits for the records of calls, which are complete a moment after their answers. */
final class EndedCalls implements CallListener {

  private static final long PATIENCE_SECONDS = 10;

  private final BlockingQueue<CallRecord> calls = new LinkedBlockingQueue<>(1000);

  @Override
  public void ended(CallRecord call) {
    calls.offer(call);
  }

  void clear() {
    calls.clear();
  }

  /**
   * Records of all attempts, fewer if they do not come.
   *
   * @param asked calls that were begun
   * @param answered calls that got an answer
   */
  List<CallRecord> take(int asked, int answered) throws InterruptedException {
    List<CallRecord> taken = new ArrayList<>();
    while (taken.stream().mapToInt(CallRecord::seq).distinct().count() < asked
        || taken.stream().filter(call -> call.answer().end().answered()).count() < answered) {
      CallRecord call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (call == null) {
        break;
      }
      taken.add(call);
    }
    calls.drainTo(taken);
    return taken;
  }
}
