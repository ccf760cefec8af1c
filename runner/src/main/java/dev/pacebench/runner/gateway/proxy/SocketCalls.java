package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Connections.Link;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one WebSocket, one at a time.
 *
 * <p>A call lasts from its {@code response.create} to the event that ends it, the next call, or the
 * end of the connection. The first one carries the connecting. For one event loop.
 */
final class SocketCalls {

  private final TrialDoor door;
  private final Protocol protocol;
  private final Link link;
  private final long upgraded;
  private final Map<String, List<String>> told;
  private final OpenCall owner;
  private final Watch watch;
  private @Nullable Attempt call;
  private @Nullable Place place;
  private boolean used;

  /**
   * None yet.
   *
   * @param upgraded when the provider's upgrade came
   * @param told the headers of that upgrade
   * @param watch counts silence while a call is under way
   */
  SocketCalls(
      TrialDoor door,
      Protocol protocol,
      Link link,
      long upgraded,
      Map<String, List<String>> told,
      OpenCall owner,
      Watch watch) {
    this.door = door;
    this.protocol = protocol;
    this.link = link;
    this.upgraded = upgraded;
    this.told = told;
    this.owner = owner;
    this.watch = watch;
  }

  boolean underWay() {
    return call != null;
  }

  /**
   * Begins a call, and goes on when it may be sent.
   *
   * @param then hears of the limit that is used up instead, if one is
   */
  void begin(Asked asked, long scheduled, Consumer<Optional<Ended>> then) {
    end(CallEnd.CUT, null, "the agent began another call");
    Attempt made =
        new Attempt(door, door.nextSeq(), 1, protocol, Transport.WEBSOCKET, asked, scheduled, null);
    call = made;
    door.began(made);
    if (spent(made, then)) {
      return;
    }
    made.waiting();
    Place wanted = new Place(door, owner);
    place = wanted;
    wanted.await(
        waited -> {
          if (call == made && !spent(made, then)) {
            made.released(waited ? door.nanos() : scheduled);
            then.accept(Optional.empty());
          }
        });
  }

  private boolean spent(Attempt made, Consumer<Optional<Ended>> then) {
    Optional<Ended> limit = door.spec().budget().usedUp();
    if (limit.isEmpty()) {
      return false;
    }
    made.ended(CallEnd.LIMITED, limit.get().word(), "the trial's own limit is used up");
    over();
    then.accept(limit);
    return true;
  }

  /** The call is sent now, by what is given and says when its last byte is handed over. */
  void send(byte[] body, Supplier<Future<Void>> write) {
    Attempt made = call;
    if (made == null) {
      return;
    }
    made.connected(link, !used);
    if (!used) {
      made.upgraded(upgraded);
      used = true;
    }
    made.head(
        101, told, Transport.WEBSOCKET, Readers.of(protocol, Transport.WEBSOCKET, true), upgraded);
    watch.release();
    long now = door.nanos();
    made.send(body, now);
    write.get().onSuccess(v -> made.sent(door.nanos()));
    made.tellRequest(body, now);
  }

  /** Frames were forwarded; some messages became whole. */
  void read(int bytes, List<byte[]> messages, long nanos) {
    Attempt running = call;
    if (running == null) {
      return;
    }
    if (bytes > 0) {
      running.frameBytes(bytes, nanos);
    }
    for (byte[] message : messages) {
      running.message(message, nanos);
      if (running.terminal()) {
        running.over(true, "");
        over();
        return;
      }
    }
  }

  /** Ends the call under way, if there is one. */
  void end(CallEnd end, @Nullable String code, String why) {
    Attempt running = call;
    if (running != null) {
      running.ended(end, code, why);
      over();
    }
  }

  private void over() {
    call = null;
    watch.hold();
    if (place != null) {
      place.giveBack();
      place = null;
    }
  }
}
