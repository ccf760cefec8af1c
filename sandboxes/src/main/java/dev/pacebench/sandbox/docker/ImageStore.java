package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.docker.DockerfileCheck.Checked;
import dev.pacebench.sandbox.docker.DockerfileCheck.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images that sandboxes are opened from.
 *
 * <p>An image is found by what it was made from: its tag and a label hold the digest, so that a
 * later run finds it without building.
 */
final class ImageStore {

  /** What tasks may be built on without a registry: made here, from a folder of the same name. */
  private static final Pattern STARTER =
      Pattern.compile("(?:docker\\.io/)?pacebench/(starter(?:-[a-z]+)?)(?::latest)?");

  private final Engine engine;
  private final Registry registry;
  private final Buildx buildx;
  private final ImageBuilder builder;
  private final Path images;
  private final OncePerKey<PreparedImage> once = new OncePerKey<>();

  ImageStore(Engine engine, Registry registry, Buildx buildx, ImageBuilder builder, Path images) {
    this.engine = engine;
    this.registry = registry;
    this.buildx = buildx;
    this.builder = builder;
    this.images = images.toAbsolutePath().normalize();
  }

  Optional<Refusal> check(ImageSource source) {
    if (source instanceof ImageSource.Named named) {
      Optional<Path> starter = starter(named.reference());
      return starter.isPresent()
          ? check(starterSource(starter.get(), named.timeout()))
          : registry.missing(named.reference()).map(each -> refusal(named.reference(), each));
    }
    try {
      Checked checked = DockerfileCheck.check((ImageSource.Dockerfile) source);
      Optional<Refusal> builderMissing = checkBuilder(checked);
      if (builderMissing.isPresent()) {
        return builderMissing;
      }
      for (Dockerfile.Stage stage : checked.dockerfile().baseImages()) {
        if (stage.image().contains("$")) {
          continue;
        }
        Optional<Path> starter =
            starter(stage.image()).filter(each -> !each.equals(checked.context().root()));
        Optional<Refusal> refusal =
            starter.isPresent()
                ? check(starterSource(starter.get(), source.timeout()))
                : registry
                    .missing(stage.image())
                    .map(each -> refusal(checked.file() + ":" + stage.line(), each));
        if (refusal.isPresent()) {
          return refusal;
        }
      }
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.refusal());
    }
  }

  private Optional<Refusal> checkBuilder(Checked checked) {
    return DockerfileRules.buildKitNeed(checked.dockerfile())
        .filter(need -> !buildx.isPresent())
        .map(
            need ->
                new Refusal(
                    checked.file() + ":" + need.line(),
                    need.what() + " needs BuildKit, and docker buildx is not installed",
                    "install the buildx plugin of Docker, or write it without",
                    Kind.UNAVAILABLE));
  }

  private static Refusal refusal(String where, Registry.Missing missing) {
    return new Refusal(where, missing.what(), missing.remedy(), missing.kind());
  }

  PreparedImage prepare(ImageSource source) {
    if (source instanceof ImageSource.Named named) {
      Optional<Path> starter = starter(named.reference());
      return starter.isPresent()
          ? prepareStarter(starter.get(), source)
          : once.get(named.reference(), () -> prepareNamed(named), ImageStore::found);
    }
    return prepareDockerfile((ImageSource.Dockerfile) source);
  }

  private PreparedImage prepareNamed(ImageSource.Named named) {
    Optional<InspectImageResponse> found = inspect(named.reference());
    if (found.isPresent()) {
      return prepared(found.get(), named.reference(), named, false);
    }
    builder.pull(named.reference(), named.timeout());
    return prepared(mustExist(named.reference()), named.reference(), named, true);
  }

  private PreparedImage prepareDockerfile(ImageSource.Dockerfile source) {
    Checked checked = checked(source);
    String digest = digest(checked, source);
    return build(source, checked, "pacebench/task:" + digest.substring(0, 24), digest);
  }

  private PreparedImage prepareStarter(Path starter, ImageSource source) {
    Checked checked = checked(starterSource(starter, source.timeout()));
    String tag = "pacebench/" + starter.getFileName() + ":latest";
    return build(source, checked, tag, digest(checked, source));
  }

  /** The digest of a context, and of the starters below it; those are made first. */
  private String digest(Checked checked, ImageSource source) {
    StringBuilder starters = new StringBuilder();
    for (Dockerfile.Stage stage : checked.dockerfile().baseImages()) {
      starter(stage.image())
          .ifPresent(starter -> starters.append(prepareStarter(starter, source).id()));
    }
    return starters.isEmpty() ? digest(checked) : BuildContext.sha256(digest(checked) + starters);
  }

  /** Builds a bundled image, or finds it. */
  PreparedImage build(ImageSource source, Checked checked, String tag, String digest) {
    return once.get(
        tag + " " + digest,
        () -> {
          Optional<InspectImageResponse> found =
              inspect(tag).filter(each -> digest.equals(labels(each).get(Labels.IMAGE)));
          if (found.isPresent()) {
            return prepared(found.get(), tag, source, false);
          }
          checkBuilder(checked)
              .ifPresent(
                  refusal -> {
                    throw exception(refusal);
                  });
          builder.build(checked, tag, digest, source.timeout());
          return prepared(mustExist(tag), tag, source, true);
        },
        ImageStore::found);
  }

  private static PreparedImage found(PreparedImage image) {
    return new PreparedImage(
        image.id(),
        image.reference(),
        image.workdir(),
        image.env(),
        image.user(),
        image.source(),
        false);
  }

  private static ImageSource.Dockerfile starterSource(Path starter, Duration timeout) {
    return new ImageSource.Dockerfile(starter, starter.resolve("Dockerfile"), timeout, List.of());
  }

  /** The folder that a starter is made from. */
  private Optional<Path> starter(String reference) {
    Matcher matcher = STARTER.matcher(reference);
    return matcher.matches()
        ? Optional.of(images.resolve(matcher.group(1))).filter(Files::isDirectory)
        : Optional.empty();
  }

  static Checked checked(ImageSource.Dockerfile source) {
    try {
      return DockerfileCheck.check(source);
    } catch (Refused e) {
      throw exception(e.refusal());
    }
  }

  private static SandboxException exception(Refusal refusal) {
    return new SandboxException(
        refusal.kind(), refusal.where() + ": " + refusal.what(), refusal.remedy());
  }

  static String digest(Checked checked) {
    try {
      return checked.context().digest();
    } catch (IOException e) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "the build context "
              + checked.context().root()
              + " cannot be read: "
              + Failures.rootMessage(e),
          "check its permissions",
          e);
    }
  }

  private InspectImageResponse mustExist(String reference) {
    return inspect(reference)
        .orElseThrow(
            () ->
                new SandboxException(
                    Kind.FAILED,
                    "image " + reference + " is gone although it was just made",
                    "see whether something else removes images (docker system prune)"));
  }

  private Optional<InspectImageResponse> inspect(String reference) {
    return engine.call(
        "inspect image " + reference,
        () -> {
          try {
            return Optional.of(engine.calls().inspectImageCmd(reference).exec());
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private static Map<String, String> labels(InspectImageResponse image) {
    ContainerConfig config = image.getConfig();
    return config == null || config.getLabels() == null ? Map.of() : config.getLabels();
  }

  private static PreparedImage prepared(
      InspectImageResponse image, String reference, ImageSource source, boolean built) {
    ContainerConfig config = image.getConfig();
    Map<String, String> env = new LinkedHashMap<>();
    if (config != null && config.getEnv() != null) {
      for (String each : config.getEnv()) {
        int equals = each.indexOf('=');
        if (equals > 0) {
          env.put(each.substring(0, equals), each.substring(equals + 1));
        }
      }
    }
    return new PreparedImage(
        String.valueOf(image.getId()),
        reference,
        Optional.ofNullable(config == null ? null : config.getWorkingDir())
            .filter(each -> !each.isEmpty()),
        Map.copyOf(env),
        Optional.ofNullable(config == null ? null : config.getUser())
            .filter(each -> !each.isEmpty()),
        source,
        built);
  }
}
