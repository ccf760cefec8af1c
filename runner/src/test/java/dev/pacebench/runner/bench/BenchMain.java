package dev.pacebench.runner.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what the benchmarks promise; {@code dev bench} starts it. */
public final class BenchMain {

  /** One group of measurements. */
  interface Bench {
    void run(boolean quick, List<Result> results) throws Exception;
  }

  private static final Map<String, Bench> BENCHES = new LinkedHashMap<>();

  static {
    BENCHES.put("spine", SpineBench::run);
    BENCHES.put(
        "gateway",
        (quick, results) -> {
          GatewayBench.run(quick, results);
          ReplayBench.run(quick, results);
        });
    BENCHES.put(
        "agents",
        (quick, results) -> {
          LoopBench.run(quick, results);
          TrajectoryBench.run(quick, results);
        });
    BENCHES.put("tasks", TasksBench::run);
    BENCHES.put(
        "stats",
        (quick, results) -> {
          StatsBench.run(quick, results);
          WhatIfBench.run(quick, results);
        });
    BENCHES.put(
        "board",
        (quick, results) -> {
          PageBench.run(quick, results);
          inBrowser(quick, results);
          ServeBench.run(quick, results);
        });
  }

  private BenchMain() {}

  /** Its class is there only when the build knew of a browser. */
  private static void inBrowser(boolean quick, List<Result> results) throws Exception {
    Class<?> bench;
    try {
      bench = Class.forName("dev.pacebench.runner.bench.BrowserBench");
    } catch (ClassNotFoundException e) {
      System.err.println("no browser on this machine: what one would show is not measured");
      return;
    }
    ((Bench) bench.getDeclaredConstructor().newInstance()).run(quick, results);
  }

  public static void main(String[] args) throws Exception {
    boolean json = false;
    boolean quick = false;
    List<String> chosen = new ArrayList<>();
    for (String arg : args) {
      switch (arg) {
        case "--json" -> json = true;
        case "--quick" -> quick = true;
        default -> {
          if (!BENCHES.containsKey(arg)) {
            System.err.println(
                "error: there is no benchmark "
                    + arg
                    + "\nremedy: choose from "
                    + BENCHES.keySet());
            System.exit(2);
          }
          chosen.add(arg);
        }
      }
    }
    boolean allHold = true;
    for (String name : chosen.isEmpty() ? BENCHES.keySet() : chosen) {
      PrintingList results = new PrintingList(json);
      BENCHES.get(name).run(quick, results);
      allHold &= results.stream().allMatch(Result::holds);
    }
    System.exit(allHold ? 0 : 1);
  }

  /** The checkout. */
  static Path root() {
    return Path.of(System.getProperty("pacebench.root", "..")).toAbsolutePath().normalize();
  }

  /** Prints each result as it comes; some take minutes. */
  private static final class PrintingList extends ArrayList<Result> {

    private static final long serialVersionUID = 1;
    private final boolean json;

    PrintingList(boolean json) {
      this.json = json;
    }

    @Override
    public boolean add(Result result) {
      System.out.println(json ? result.json() : result.line());
      return super.add(result);
    }
  }
}
