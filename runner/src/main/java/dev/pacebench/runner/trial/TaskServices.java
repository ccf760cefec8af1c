package dev.pacebench.runner.trial;

import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ServiceSpec;
import dev.pacebench.sandbox.ServiceSpecs;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.Services;
import dev.pacebench.tasks.Task;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the services of a task into a sandbox's words.
 *
 * @param limits of the sandbox; each service has the same where it does not say its own
 * @param prepare makes an image ready
 */
record TaskServices(
    Task task,
    Environment environment,
    Limits limits,
    boolean noNewPrivileges,
    Map<String, String> hostEnv,
    Function<ImageSource, PreparedImage> prepare) {

  ServiceSpecs specs() {
    Services services = environment.services();
    return new ServiceSpecs(
        services.all().stream().map(this::spec).toList(),
        volumes(services.volumes()),
        services.hostnames(),
        services.ports());
  }

  private ServiceSpec spec(Service service) {
    return new ServiceSpec(
        service.name(),
        service.hostnames(),
        prepare.apply(TaskImages.service(service, environment, task)),
        new ServiceSpec.Program(
            service.program().entrypoint(),
            service.program().command(),
            EnvTemplates.resolve(
                service.where() + ": services." + service.name() + ".environment",
                service.program().env(),
                hostEnv),
            service.program().workdir(),
            service.program().user()),
        new ServiceSpec.Storage(
            volumes(service.storage().volumes()),
            service.storage().tmpfs(),
            service.storage().shmBytes()),
        service.ports(),
        service.health().map(TaskServices::health),
        service.after().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, each -> ServiceSpec.After.valueOf(each.getValue().name()))),
        service.restarts(),
        limits(service.resources()),
        noNewPrivileges,
        service.where());
  }

  private Limits limits(Resources own) {
    return new Limits(
        own.cpus().isPresent() ? own.cpus() : limits.cpus(),
        own.memoryBytes().isPresent() ? own.memoryBytes() : limits.memoryBytes(),
        limits.pids());
  }

  private static ServiceSpec.Health health(Service.Health health) {
    return new ServiceSpec.Health(
        health.test(),
        health.interval(),
        health.timeout(),
        health.startPeriod(),
        health.startInterval(),
        health.retries());
  }

  private static List<ServiceSpec.Volume> volumes(List<Service.Volume> volumes) {
    return volumes.stream()
        .map(each -> new ServiceSpec.Volume(each.name(), each.target(), each.readOnly()))
        .toList();
  }
}
