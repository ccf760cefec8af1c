package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.Provider;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.trial.RecordedCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Examines what a lineup needs outside of its file.
 *
 * <p>Nothing that it does costs money: no model is called and no key is sent anywhere.
 */
final class LineupDoctor {

  private final Lineup lineup;
  private final Home home;
  private final Map<String, String> environment;
  private final AgentCheck agents;
  private final List<Finding> findings = new ArrayList<>();

  LineupDoctor(Lineup lineup, Home home, Map<String, String> environment, AgentCheck agents) {
    this.lineup = lineup;
    this.home = home;
    this.environment = environment;
    this.agents = agents;
  }

  List<Finding> examine() {
    Set<String> seen = new TreeSet<>();
    lineup.contenders().stream()
        .filter(contender -> seen.add(contender.agent()))
        .forEach(contender -> findings.add(agents.examine(contender)));
    Map<Provider, Set<ServedModel>> used = used();
    KeyCheck keys = new KeyCheck(environment);
    used.keySet().forEach(provider -> findings.addAll(keys.examine(provider)));
    servers(used);
    used.forEach((provider, models) -> models.forEach(this::model));
    unused(used);
    unlimited();
    return List.copyOf(findings);
  }

  /** Models of contenders by who serves them, in file order. */
  private Map<Provider, Set<ServedModel>> used() {
    Map<Provider, Set<ServedModel>> used = new LinkedHashMap<>();
    for (Contender contender : lineup.contenders()) {
      contender
          .model()
          .map(lineup.models()::get)
          .ifPresent(
              model ->
                  used.computeIfAbsent(model.provider(), p -> new LinkedHashSet<>()).add(model));
    }
    return used;
  }

  /** All at a time, since each may take its whole limit to say nothing. */
  private void servers(Map<Provider, Set<ServedModel>> used) {
    List<FutureTask<List<Finding>>> probes = new ArrayList<>();
    used.forEach(
        (provider, models) -> {
          if (provider.remote()) {
            Set<String> ids =
                models.stream().map(ServedModel::id).collect(Collectors.toCollection(TreeSet::new));
            FutureTask<List<Finding>> probe =
                new FutureTask<>(
                    () -> new ServerProbe(provider, ServerProbe.LIMIT, environment).examine(ids));
            Thread thread = new Thread(probe, "probe-" + provider.name());
            thread.setDaemon(true);
            thread.start();
            probes.add(probe);
          }
        });
    for (FutureTask<List<Finding>> probe : probes) {
      try {
        findings.addAll(probe.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void model(ServedModel model) {
    Provider provider = model.provider();
    if (provider.simulated()) {
      findings.add(
          Finding.ok(
              "model", model.name() + " is SIMULATED: made up here, and every result says so"));
    }
    if (provider.replayed()) {
      recording(model, model.recording().orElseThrow());
    }
  }

  private void recording(ServedModel model, String run) {
    try {
      int trials = RecordedCalls.count(home, run);
      if (trials == 0) {
        findings.add(
            Finding.fail(
                "model",
                model.name() + " replays run " + run + ", which recorded no calls",
                "name a run of contenders with models"));
      } else {
        findings.add(
            Finding.ok(
                "model",
                model.name() + " is a REPLAY of run " + run + ": " + trials + " recorded trials"));
      }
    } catch (UserError e) {
      findings.add(Finding.fail("model", model.name() + ": " + e.getMessage(), e.remedy()));
    }
  }

  private void unused(Map<Provider, Set<ServedModel>> used) {
    Set<ServedModel> rest = new LinkedHashSet<>(lineup.models().values());
    used.values().forEach(rest::removeAll);
    for (ServedModel model : rest) {
      findings.add(
          Finding.warn(
              "model",
              model.name() + " is used by no contender, so its key and server were not looked at",
              "name it in a contender, or remove it"));
    }
  }

  /** A loop that goes wrong could otherwise spend without end until its deadline. */
  private void unlimited() {
    for (Contender contender : lineup.contenders()) {
      boolean costs =
          contender
              .model()
              .map(lineup.models()::get)
              .filter(model -> model.provider().credential().isPresent())
              .isPresent();
      if (costs && contender.limits().tokens().isEmpty() && contender.limits().cost().isEmpty()) {
        findings.add(
            Finding.warn(
                "limit",
                "contender " + contender.name() + " may use any number of tokens in a trial",
                "add `limits: {tokens: ...}`, or `cost` where its model has a price"));
      }
    }
  }
}
