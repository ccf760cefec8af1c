package dev.pacebench.runner.batch;

import java.util.concurrent.atomic.AtomicInteger;
import org.jberet.spi.ArtifactFactory;

/** Makes the parts that {@code evaluation.xml} names, each with what it works with. */
final class EvaluationArtifacts implements ArtifactFactory {

  private final RunContext run;
  private final Suspensions suspensions = new Suspensions();
  private final AtomicInteger slots = new AtomicInteger();

  EvaluationArtifacts(RunContext run) {
    this.run = run;
  }

  @Override
  public Object create(String ref, Class<?> type, ClassLoader loader) {
    return switch (ref) {
      case "plan" -> new PlanStep(run);
      case "images" -> new ImagesStep(run);
      case "slots" -> new SlotMapper(run.slots());
      case "claims" -> new ClaimReader(run, slots.getAndIncrement());
      case "tries" -> new TryProcessor(run, suspensions);
      case "results" -> new ResultWriter(run, suspensions);
      case "score" -> new ScoreStep(run);
      default -> throw new IllegalArgumentException("no part of the job is called " + ref);
    };
  }

  @Override
  public void destroy(Object artifact) {}

  @Override
  public Class<?> getArtifactClass(String ref, ClassLoader loader) {
    return switch (ref) {
      case "plan" -> PlanStep.class;
      case "images" -> ImagesStep.class;
      case "slots" -> SlotMapper.class;
      case "claims" -> ClaimReader.class;
      case "tries" -> TryProcessor.class;
      case "results" -> ResultWriter.class;
      case "score" -> ScoreStep.class;
      default -> throw new IllegalArgumentException("no part of the job is called " + ref);
    };
  }
}
