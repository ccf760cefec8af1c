package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.files.Show;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an environment asks of the machine, in the new and the old spelling. */
final class ResourcesReader {

  private static final long MB = 1L << 20;
  private static final Pattern SIZE =
      Pattern.compile("\\s*(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([KMGkmg])[bB]?\\s*");
  private static final Map<String, Long> UNITS = Map.of("K", 1L << 10, "M", MB, "G", 1L << 30);

  private final boolean unset;

  ResourcesReader(Schema schema) {
    this.unset = schema.hasUnsetResources();
  }

  Resources read(TomlTable table) {
    OptionalDouble cpus = table.number("cpus", Limits.LEAST_CPUS, Limits.MOST_CPUS);
    OptionalLong memory =
        size(table, "memory", Limits.LEAST_MEMORY_MB, Limits.MOST_MEMORY_MB, 2048);
    OptionalLong storage =
        size(table, "storage", Limits.LEAST_STORAGE_MB, Limits.MOST_STORAGE_MB, 10240);
    OptionalInt gpus = unset && !table.has("gpus") ? OptionalInt.empty() : OptionalInt.of(0);
    boolean oneCpu = !unset && !table.has("cpus");
    return new Resources(oneCpu ? OptionalDouble.of(1) : cpus, memory, storage, gpus);
  }

  private OptionalLong size(TomlTable table, String old, long least, long most, long otherwise) {
    String key = old + "_mb";
    OptionalLong megabytes = table.whole(key, least, most);
    Optional<String> spelled = table.string(old);
    OptionalLong parsed = OptionalLong.empty();
    if (spelled.isPresent()) {
      parsed = parse(table, old, spelled.get(), least, most);
    }
    if (megabytes.isPresent()) {
      long bytes = megabytes.getAsLong() * MB;
      if (parsed.isPresent() && parsed.getAsLong() != bytes) {
        table.error(old, "differs from " + key, "remove the old spelling, " + old);
      }
      return OptionalLong.of(bytes);
    }
    boolean absent = !table.has(key) && !table.has(old);
    return absent && !unset ? OptionalLong.of(otherwise * MB) : parsed;
  }

  private static OptionalLong parse(
      TomlTable table, String key, String text, long least, long most) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      table.error(key, "is \"" + Show.text(text) + "\"", "write a size such as \"512M\" or \"2G\"");
      return OptionalLong.empty();
    }
    long unit = UNITS.getOrDefault(matcher.group(2).toUpperCase(Locale.ROOT), MB);
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(least * MB)) < 0
        || bytes.compareTo(BigDecimal.valueOf(most * MB)) > 0) {
      table.error(
          key, "is \"" + Show.text(text) + "\"", "it must be from " + least + "M to " + most + "M");
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes.longValue());
  }
}
