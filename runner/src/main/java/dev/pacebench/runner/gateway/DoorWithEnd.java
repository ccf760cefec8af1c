package dev.pacebench.runner.gateway;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.Door;
import java.net.URI;
import java.util.List;

/** A door behind which something ends with it. */
final class DoorWithEnd implements Door {

  private final Door door;
  private final Runnable end;

  DoorWithEnd(Door door, Runnable end) {
    this.door = requireNonNull(door, "door is null");
    this.end = requireNonNull(end, "end is null");
  }

  @Override
  public String token() {
    return door.token();
  }

  @Override
  public URI address() {
    return door.address();
  }

  @Override
  public List<CallRecord> calls(boolean open) {
    return door.calls(open);
  }

  @Override
  public long limiterWaitNanos() {
    return door.limiterWaitNanos();
  }

  @Override
  public long callsAfterShut() {
    return door.callsAfterShut();
  }

  @Override
  public void shut() {
    door.shut();
  }

  @Override
  public void reopen() {
    door.reopen();
  }

  @Override
  public void close() {
    door.close();
    end.run();
  }
}
