package dev.pacebench.runner.verify;

import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.tasks.swe.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code verifier/report.json}: what SWE-bench's harness writes of an instance, and more.
 */
final class ChangeReport {

  static final String FILE = "report.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ChangeReport() {}

  static void write(VerificationJob job, ChangeResult result, int patchBytes) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("patch_is_None", false);
    report.put("patch_exists", patchBytes > 0);
    report.put("patch_successfully_applied", result.applied());
    report.put("resolved", result.resolved());
    report.put("infra_failure", false);
    result.grade().ifPresent(grade -> report.put("tests_status", status(grade)));
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("problem", result.problem());
    own.put("exit_code", result.exitCode());
    own.put("restored", result.restored());
    Map<String, String> tests = new TreeMap<>();
    result.tests().forEach((name, status) -> tests.put(name, status.name()));
    own.put("tests", tests);
    report.put("pacebench", own);
    Files.write(
        job.verifierFolder().resolve(FILE),
        JSON.writeValueAsBytes(Map.of(job.task().name(), report)));
  }

  private static Map<String, Object> status(Grade grade) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("FAIL_TO_PASS", sides(grade.failToPass(), grade.failToPassMissed()));
    status.put("PASS_TO_PASS", sides(grade.passToPass(), grade.passToPassMissed()));
    status.put("FAIL_TO_FAIL", sides(List.of(), List.of()));
    status.put("PASS_TO_FAIL", sides(List.of(), List.of()));
    return status;
  }

  private static Map<String, Object> sides(List<String> success, List<String> failure) {
    Map<String, Object> sides = new LinkedHashMap<>();
    sides.put("success", success);
    sides.put("failure", failure);
    return sides;
  }
}
