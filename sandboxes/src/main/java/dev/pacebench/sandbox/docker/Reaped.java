package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.command.ListVolumesResponse;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Volumes, and folders in scratch, that dead providers left; each bears its owner. */
final class Reaped {

  private static final Pattern NAME = Pattern.compile("docker-(\\d+)-(-?\\d+)");

  private Reaped() {}

  /** To be called when the containers of the dead are gone. */
  static void volumes(Engine engine, List<String> removed) {
    ListVolumesResponse all =
        engine.call(
            "list leftovers",
            () ->
                engine.calls().listVolumesCmd().withFilter("label", List.of(Labels.OWNER)).exec());
    if (all.getVolumes() == null) {
      return;
    }
    for (InspectVolumeResponse each : all.getVolumes()) {
      Map<String, String> labels = each.getLabels() == null ? Map.of() : each.getLabels();
      boolean dead = Labels.owner(labels).filter(Owner::isDead).isPresent();
      if (dead && DockerServices.removeVolume(engine, each.getName())) {
        removed.add("volume " + each.getName() + " of " + labels.get(Labels.OWNER));
      }
    }
  }

  static void files(Path scratch, Owner self, List<String> removed) {
    if (!Files.isDirectory(scratch)) {
      return;
    }
    try (var entries = Files.list(scratch)) {
      for (Path each : entries.toList()) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        if (!name.matches()) {
          continue;
        }
        // Scratch lies in a home, and a home belongs to one host at a time; a reboot ends all.
        Owner owner =
            new Owner(
                self.host(),
                self.bootId(),
                Long.parseLong(name.group(1)),
                Long.parseLong(name.group(2)));
        if (owner.isDead()) {
          HostFiles.deleteTree(each);
          removed.add("folder " + each);
        }
      }
    } catch (IOException e) {
      removed.add("nothing more: " + scratch + " cannot be listed");
    }
  }
}
