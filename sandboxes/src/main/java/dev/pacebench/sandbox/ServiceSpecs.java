package dev.pacebench.sandbox;

import java.util.List;
import java.util.Set;

/**
 * What runs beside a sandbox.
 *
 * @param all each after those it waits for
 * @param volumes of theirs that the sandbox itself sees
 * @param hostnames by which they reach the sandbox
 * @param ports that are to be listened on in the sandbox, and so by no service
 */
public record ServiceSpecs(
    List<ServiceSpec> all,
    List<ServiceSpec.Volume> volumes,
    List<String> hostnames,
    Set<String> ports) {

  public static final ServiceSpecs NONE =
      new ServiceSpecs(List.of(), List.of(), List.of(), Set.of());

  public ServiceSpecs {
    all = List.copyOf(all);
    volumes = List.copyOf(volumes);
    hostnames = List.copyOf(hostnames);
    ports = Set.copyOf(ports);
  }

  public boolean isEmpty() {
    return all.isEmpty() && volumes.isEmpty();
  }
}
