package dev.pacebench.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** Which module and package may know which. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.pacebench");

  private static final String TASKS = "dev.pacebench.tasks..";
  private static final String SANDBOX = "dev.pacebench.sandbox..";
  private static final String LEADERBOARD = "dev.pacebench.leaderboard..";
  private static final String RUNNER = "dev.pacebench.runner..";

  @Test
  void theThreeLowerModulesKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(TASKS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SANDBOX, LEADERBOARD, RUNNER)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(SANDBOX)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TASKS, LEADERBOARD, RUNNER)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(LEADERBOARD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TASKS, SANDBOX, RUNNER)
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching("dev.pacebench.(tasks).(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
    slices()
        .matching("dev.pacebench.(sandbox).(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
    slices().matching("dev.pacebench.(runner).(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRunnersPackagesKnowOnlyThoseBelowThem() {
    Architectures.LayeredArchitecture layers =
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("dev.pacebench.runner.cli..")
            .layer("serve")
            .definedBy("dev.pacebench.runner.serve..")
            .layer("board")
            .definedBy("dev.pacebench.runner.board..")
            .layer("check")
            .definedBy("dev.pacebench.runner.check..")
            .layer("batch")
            .definedBy("dev.pacebench.runner.batch..")
            .layer("trial")
            .definedBy("dev.pacebench.runner.trial..")
            .layer("verify")
            .definedBy("dev.pacebench.runner.verify..")
            .layer("agent")
            .definedBy("dev.pacebench.runner.agent..")
            .layer("trajectory")
            .definedBy("dev.pacebench.runner.trajectory..")
            .layer("store")
            .definedBy("dev.pacebench.runner.store..")
            .layer("evidence")
            .definedBy("dev.pacebench.runner.evidence..")
            .layer("timeline")
            .definedBy("dev.pacebench.runner.timeline..")
            .layer("plan")
            .definedBy("dev.pacebench.runner.plan..")
            .layer("gateway")
            .definedBy("dev.pacebench.runner.gateway..")
            .layer("model")
            .definedBy("dev.pacebench.runner.model..")
            .layer("speed")
            .definedBy("dev.pacebench.runner.speed..")
            .layer("lineup")
            .definedBy("dev.pacebench.runner.lineup..")
            .layer("home")
            .definedBy("dev.pacebench.runner.home..");
    gatewayParts().check(CLASSES);
    layers
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("serve")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("board")
        .mayOnlyBeAccessedByLayers("cli", "serve")
        .whereLayer("check")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("batch")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("trial")
        .mayOnlyBeAccessedByLayers("cli", "check", "batch")
        .whereLayer("verify")
        .mayOnlyBeAccessedByLayers("cli", "check", "trial")
        .whereLayer("agent")
        .mayOnlyBeAccessedByLayers("cli", "trial")
        .whereLayer("trajectory")
        .mayOnlyBeAccessedByLayers("cli", "serve", "trial")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("cli", "serve", "board", "batch")
        .whereLayer("evidence")
        .mayOnlyBeAccessedByLayers("cli", "batch", "trial", "store")
        .whereLayer("speed")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("agent", "speed")
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("cli", "serve", "trial", "agent", "model", "speed", "trajectory")
        .whereLayer("timeline")
        .mayOnlyBeAccessedByLayers("cli", "serve", "check", "batch", "trial", "agent", "gateway")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers(
            "cli", "serve", "board", "check", "batch", "trial", "store", "evidence")
        .whereLayer("lineup")
        .mayOnlyBeAccessedByLayers(
            "cli",
            "check",
            "batch",
            "trial",
            "agent",
            "store",
            "evidence",
            "plan",
            "gateway",
            "model",
            "speed")
        .check(CLASSES);
  }

  /** The gateway's own parts: pure data below, sockets above, the whole on top. */
  private static Architectures.LayeredArchitecture gatewayParts() {
    return Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("whole")
        .definedBy("dev.pacebench.runner.gateway")
        .layer("proxy")
        .definedBy("dev.pacebench.runner.gateway.proxy..")
        .layer("simulated")
        .definedBy("dev.pacebench.runner.gateway.simulated..")
        .layer("record")
        .definedBy("dev.pacebench.runner.gateway.record..")
        .layer("policy")
        .definedBy("dev.pacebench.runner.gateway.policy..")
        .layer("wire")
        .definedBy("dev.pacebench.runner.gateway.wire..")
        .layer("call")
        .definedBy("dev.pacebench.runner.gateway.call..")
        .withOptionalLayers(true)
        .whereLayer("whole")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("proxy")
        .mayOnlyBeAccessedByLayers("whole", "record")
        .whereLayer("simulated")
        .mayOnlyBeAccessedByLayers("whole", "record")
        .whereLayer("record")
        .mayOnlyBeAccessedByLayers("whole")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("whole", "proxy")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("whole", "proxy", "simulated", "record", "policy");
  }

  @Test
  void ownCodeUsesJacksonThreeAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.pacebench..")
        .and()
        .resideOutsideOfPackage("dev.pacebench.sandbox.docker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.pacebench.sandbox.docker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson.databind..")
        .check(CLASSES);
  }

  @Test
  void dockerStaysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pacebench.sandbox.docker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.dockerjava..")
        .check(CLASSES);
  }

  @Test
  void timeIsReadThroughTheTickerWhereItBecomesAFigure() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.pacebench.runner.timeline..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(CLASSES);
  }
}
