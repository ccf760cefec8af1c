package dev.pacebench.runner.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, each of which takes the {@link Cli} as its constructor's one parameter. */
final class CommandFactory implements IFactory {

  private final Cli cli;

  CommandFactory(Cli cli) {
    this.cli = cli;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0] == Cli.class) {
        return type.cast(constructor.newInstance(cli));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
