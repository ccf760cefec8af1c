package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.Services;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the services of a task from what its compose file says, and refuses ports that two of them
 * want, since all share one network.
 */
public final class ServiceSet {

  /** From here on the way to the model may have its port. */
  private static final int LARGEST_PORT = 61_000;

  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,254}(@sha256:[0-9a-f]{64})?");

  private final ComposeProject project;
  private final TaskTree tree;
  private final Path file;
  private final List<String> hidden;
  private final List<Problem> problems;
  private final Map<String, Service.Source> named = new HashMap<>();
  private final Map<String, String> owners = new TreeMap<>();

  /**
   * @param file the compose file, in the folder that builds are relative to
   * @param hidden what lies beside it and belongs into no image
   */
  public ServiceSet(
      ComposeProject project,
      TaskTree tree,
      Path file,
      List<String> hidden,
      List<Problem> problems) {
    this.project = project;
    this.tree = tree;
    this.file = file;
    this.hidden = hidden;
    this.problems = problems;
  }

  /**
   * The services.
   *
   * @param dockerfile of the task's own sandbox
   * @param image of the task's own sandbox, by which services may call it
   */
  public Services read(Optional<Path> dockerfile, Optional<String> image) {
    ComposeService main = project.main();
    if (project.others().isEmpty()) {
      // Nobody is there who could want the same port.
      return new Services(List.of(), main.rest().storage().volumes(), List.of(), new TreeSet<>());
    }
    image.ifPresent(it -> named.put(it, new Service.Source(Optional.empty(), Optional.empty())));
    project
        .others()
        .forEach(
            (name, service) ->
                service
                    .image()
                    .filter(it -> service.build().isPresent())
                    .ifPresent(it -> named.put(it, source(name, service))));
    Map<String, Service.Source> sources = new LinkedHashMap<>();
    project.others().forEach((name, service) -> sources.put(name, source(name, service)));
    boolean shared = sources.values().stream().anyMatch(it -> isOf(it, dockerfile));
    SortedSet<String> own =
        main.rest().ports().orElseGet(() -> shared ? new TreeSet<>() : exposed(dockerfile));
    claim(project.name(), main.line(), own);
    List<Service> services = new ArrayList<>();
    sources.forEach(
        (name, source) -> {
          ComposeService service = project.others().get(name);
          if (service != null) {
            services.add(service(name, service, source));
          }
        });
    return new Services(
        services, main.rest().storage().volumes(), hostnames(project.name(), main), own);
  }

  /** Whether something else runs from the task's own image; then EXPOSE may mean that alone. */
  private static boolean isOf(Service.Source source, Optional<Path> dockerfile) {
    return source.build().isEmpty() && source.image().isEmpty()
        || source
            .build()
            .map(Service.Build::dockerfile)
            .filter(it -> isSame(it, dockerfile))
            .isPresent();
  }

  private static boolean isSame(Path path, Optional<Path> other) {
    return other.filter(it -> it.normalize().equals(path)).isPresent();
  }

  private static SortedSet<String> exposed(Optional<Path> dockerfile) {
    return dockerfile.map(ExposedPorts::of).orElseGet(TreeSet::new);
  }

  private Service service(String name, ComposeService service, Service.Source source) {
    // One that runs something else than its image's own program need not listen as that does.
    boolean ownProgram =
        service.rest().command().isEmpty() && service.rest().entrypoint().isEmpty();
    SortedSet<String> ports =
        service
            .rest()
            .ports()
            .orElseGet(
                () ->
                    exposed(
                        source.build().filter(it -> ownProgram).map(Service.Build::dockerfile)));
    claim(name, service.line(), ports);
    Map<String, Service.After> after = new TreeMap<>(service.rest().after());
    // What is worked in is always there first.
    after.remove(project.name());
    return new Service(
        name,
        hostnames(name, service),
        source,
        new Service.Program(
            service.rest().entrypoint(),
            service.rest().command(),
            service.env(),
            service.workdir(),
            service.user()),
        service.rest().storage(),
        ports,
        service.rest().health(),
        after,
        service.rest().restarts(),
        new Resources(
            service.cpus(), service.memoryBytes(), OptionalLong.empty(), OptionalInt.empty()),
        where(service.line()));
  }

  private List<String> hostnames(String name, ComposeService service) {
    Set<String> all = new LinkedHashSet<>(List.of(name));
    all.addAll(service.rest().hostnames());
    project.main().rest().links().getOrDefault(name, List.of()).forEach(all::add);
    project
        .others()
        .values()
        .forEach(each -> all.addAll(each.rest().links().getOrDefault(name, List.of())));
    return List.copyOf(all);
  }

  private String where(int line) {
    return Show.path(file) + ":" + line;
  }

  private Service.Source source(String name, ComposeService service) {
    if (service.build().isEmpty()) {
      String image = service.image().orElse("");
      if (named.containsKey(image)) {
        return named.get(image);
      }
      if (!image.isEmpty() && !IMAGE.matcher(image).matches()) {
        problems.add(
            Problem.error(
                where(service.line()) + ": services." + name + ".image",
                "is \"" + Show.text(image) + "\", which is no image name",
                "write it as name:tag or name@sha256:digest"));
      }
      return new Service.Source(Optional.empty(), Optional.of(image));
    }
    Path root = file.resolveSibling("");
    ComposeService.Build build = service.build().get();
    Path context = root.resolve(build.context()).normalize();
    Path dockerfile = context.resolve(build.dockerfile()).normalize();
    if (!tree.hasFile(tree.root().relativize(dockerfile).toString())) {
      problems.add(
          Problem.error(
              where(service.line()) + ": services." + name + ".build",
              "needs " + Show.path(dockerfile) + ", which is absent",
              "add it"));
    }
    Path within = root.normalize().relativize(context);
    if (hidden.stream().anyMatch(within::startsWith)) {
      problems.add(
          Problem.error(
              where(service.line()) + ": services." + name + ".build",
              "builds a folder that judges or solves the task",
              "build another folder"));
    }
    return new Service.Source(
        Optional.of(
            new Service.Build(
                context, dockerfile, within.toString().isEmpty() ? hidden : List.of())),
        Optional.empty());
  }

  private void claim(String name, int line, SortedSet<String> ports) {
    for (String port : ports) {
      String owner = owners.putIfAbsent(port, name);
      if (owner != null && !owner.equals(name)) {
        problems.add(
            Problem.unsupported(
                where(line),
                "lets " + owner + " and " + name + " listen on port " + port,
                "give one of them another port: services share one network here, and what"
                    + " `expose` says holds over EXPOSE"));
      } else if (Integer.parseInt(port.substring(0, port.indexOf('/'))) > LARGEST_PORT) {
        problems.add(
            Problem.unsupported(
                where(line),
                "lets " + name + " listen on port " + port,
                "take one up to " + LARGEST_PORT + ": those above lead to the model"));
      }
    }
  }
}
