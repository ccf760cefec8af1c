package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Starts services, each after those it waits for, and waits until all are ready.
 *
 * <p>One with a health check is ready when that succeeds; one that ended with 0 has done its work;
 * any other when it has run for a moment and listens on the ports that it names.
 */
final class ServiceStart {

  private static final long LOOK_MILLIS = 50;
  private static final Duration MOMENT = Duration.ofMillis(500);

  /** A port that is named and never listened on must not hold up a trial. */
  private static final Duration LONGEST_FOR_PORTS = Duration.ofSeconds(5);

  private static final int LOG_BYTES = 1 << 14;
  private static final Pattern TAKEN =
      Pattern.compile("(?i)address (already )?in use|EADDRINUSE|failed to bind|could not bind");

  private final Engine engine;
  private final Map<String, ServiceContainer> services;
  private final Set<String> ports;
  private final long pid;
  private final Duration limit;
  private final long end;

  /**
   * @param services in the order in which they are started
   * @param ports of the sandbox, which no service may take
   * @param pid of a process in their network
   */
  ServiceStart(
      Engine engine,
      Map<String, ServiceContainer> services,
      Set<String> ports,
      long pid,
      Duration limit) {
    this.engine = engine;
    this.services = services;
    this.ports = ports;
    this.pid = pid;
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  void run() throws InterruptedException {
    for (ServiceContainer service : services.values()) {
      for (Map.Entry<String, ServiceSpec.After> after : service.spec().after().entrySet()) {
        ServiceContainer other = services.get(after.getKey());
        if (other != null) {
          await(other, after.getValue());
        }
      }
      service.start();
    }
    for (ServiceContainer service : services.values()) {
      awaitReady(service);
    }
    refuseTakenPorts();
  }

  private void await(ServiceContainer service, ServiceSpec.After after)
      throws InterruptedException {
    while (true) {
      ServiceContainer.Now now = service.now();
      refuseFailed(service, now);
      boolean reached =
          switch (after) {
            case STARTED -> true;
            case COMPLETED -> !now.state().running();
            case HEALTHY -> now.health().equals("healthy");
          };
      if (reached) {
        return;
      }
      if (after == ServiceSpec.After.HEALTHY
          && (now.health().isEmpty() || !now.state().running())) {
        throw new SandboxException(
            Kind.BAD_REQUEST,
            name(service)
                + " is waited for as healthy and "
                + (now.health().isEmpty() ? "has no health check" : "has ended"),
            "give it a healthcheck, or wait for service_started");
      }
      pause(service);
    }
  }

  private void awaitReady(ServiceContainer service) throws InterruptedException {
    String life = "";
    long since = System.nanoTime();
    long begin = since;
    while (true) {
      ServiceContainer.Now now = service.now();
      refuseFailed(service, now);
      if (!now.state().running() || now.health().equals("healthy")) {
        return;
      }
      if (!now.startedAt().equals(life)) {
        life = now.startedAt();
        since = System.nanoTime();
      }
      boolean steady =
          !life.isEmpty() && System.nanoTime() - since >= MOMENT.toNanos() || listens(service);
      boolean enough = System.nanoTime() - begin >= LONGEST_FOR_PORTS.toNanos();
      if (now.health().isEmpty() && steady && (listens(service) || namesNone(service) || enough)) {
        return;
      }
      pause(service);
    }
  }

  private static boolean namesNone(ServiceContainer service) {
    return service.ports().stream().noneMatch(port -> port.endsWith("/tcp"));
  }

  private boolean listens(ServiceContainer service) {
    Optional<Set<Integer>> listening = ListeningPorts.of(pid);
    return !namesNone(service)
        && listening.isPresent()
        && service.ports().stream()
            .filter(port -> port.endsWith("/tcp"))
            .allMatch(port -> listening.get().contains(number(port)));
  }

  private static int number(String port) {
    return Integer.parseInt(port.substring(0, port.indexOf('/')));
  }

  private void refuseTakenPorts() {
    Set<Integer> listening = ListeningPorts.of(pid).orElse(Set.of());
    for (String port : ports) {
      if (port.endsWith("/tcp") && listening.contains(number(port))) {
        throw new SandboxException(
            Kind.BAD_REQUEST,
            "a service listens on port " + port + ", which is the task's own",
            "give one of them another port: services share one network here");
      }
    }
  }

  private void refuseFailed(ServiceContainer service, ServiceContainer.Now now) {
    if (now.state().failed()) {
      byte[] log = LogTail.of(engine, service.id(), LOG_BYTES);
      String shown = LogTail.shown(log);
      boolean taken = TAKEN.matcher(shown).find();
      throw new SandboxException(
          Kind.SERVICE,
          name(service)
              + " "
              + now.state()
              + " before it was ready"
              + (shown.isEmpty() ? ", and printed nothing" : "; it printed: " + shown),
          taken
              ? "give it a port of its own: services share one network here"
              : "repair the service");
    }
    if (now.health().equals("unhealthy")) {
      throw new SandboxException(
          Kind.SERVICE,
          name(service)
              + " is not healthy; its check says: "
              + LogTail.shown(now.lastCheck().getBytes(StandardCharsets.UTF_8)),
          "repair the service or its healthcheck");
    }
  }

  private void pause(ServiceContainer service) throws InterruptedException {
    if (System.nanoTime() - end >= 0) {
      throw new SandboxException(
          Kind.SERVICE,
          name(service) + " was not ready within " + limit.toSeconds() + " s",
          "repair it, or raise build_timeout_sec");
    }
    Thread.sleep(LOOK_MILLIS);
  }

  private static String name(ServiceContainer service) {
    return "the service " + service.spec().name() + " (" + service.spec().where() + ")";
  }
}
