package dev.pacebench.runner.batch;

import jakarta.transaction.TransactionManager;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jberet.repository.InMemoryRepository;
import org.jberet.repository.JobRepository;
import org.jberet.spi.ArtifactFactory;
import org.jberet.spi.BatchEnvironment;
import org.jberet.spi.JobTask;
import org.jberet.spi.JobXmlResolver;
import org.jberet.tools.MetaInfBatchJobsJobXmlResolver;
import org.jberet.tx.LocalTransactionManager;

/** What JBeret needs for one evaluation, and shares with no other. */
final class EvaluationEnvironment implements BatchEnvironment, AutoCloseable {

  private final ArtifactFactory artifacts;
  private final JobRepository repository = InMemoryRepository.create();
  private final JobXmlResolver xml = new MetaInfBatchJobsJobXmlResolver();
  private final ExecutorService threads;

  EvaluationEnvironment(ArtifactFactory artifacts) {
    this.artifacts = artifacts;
    AtomicInteger count = new AtomicInteger();
    // Without a limit: the slots are the limit, and a pool that is one thread short never ends.
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "evaluation-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public ClassLoader getClassLoader() {
    return EvaluationEnvironment.class.getClassLoader();
  }

  @Override
  public ArtifactFactory getArtifactFactory() {
    return artifacts;
  }

  @Override
  public void submitTask(JobTask task) {
    threads.execute(task);
  }

  @Override
  public TransactionManager getTransactionManager() {
    return LocalTransactionManager.getInstance();
  }

  @Override
  public JobRepository getJobRepository() {
    return repository;
  }

  @Override
  public JobXmlResolver getJobXmlResolver() {
    return xml;
  }

  @Override
  public Properties getBatchConfigurationProperties() {
    return new Properties();
  }

  @Override
  public String getApplicationName() {
    return "pacebench";
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
