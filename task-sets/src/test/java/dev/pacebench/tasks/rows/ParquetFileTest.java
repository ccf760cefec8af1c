package dev.pacebench.tasks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads Parquet files that pyarrow wrote of forty made-up rows, and survives damaged ones. */
class ParquetFileTest {

  @TempDir private Path folder;

  private Path fixture(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = ParquetFileTest.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy.parquet", "plain-v2.parquet"})
  void rowsComeOutAsTheyWentIn(String name) throws IOException {
    List<Problem> problems = new ArrayList<>();
    List<Row> rows = RowFile.read(fixture(name), problems);
    assertThat(problems).isEmpty();
    assertThat(rows).hasSize(40);
    for (int i = 0; i < 40; i++) {
      Row row = rows.get(i);
      assertThat(row.required("instance_id", problems)).isEqualTo("pallets__flask-" + i);
      assertThat(row.required("problem_statement", problems)).isEqualTo("Case " + i + ": grün");
      assertThat(row.has("patch")).isEqualTo(i % 3 != 0);
      assertThat(row.required("version", problems)).isEqualTo(i % 2 == 1 ? "2.0" : "2.1");
      assertThat(row.list("FAIL_TO_PASS", problems)).containsExactly("t::a" + i);
      assertThat(row.has("number")).isFalse();
      assertThat(row.has("listed")).isFalse();
    }
    assertThat(problems).isEmpty();
    assertThat(rows.get(30).where()).endsWith(name + " row 31");
  }

  @Test
  void whatCannotBeReadIsSaidWithAWayOut() throws IOException {
    List<Problem> problems = new ArrayList<>();
    assertThat(RowFile.read(fixture("zstd.parquet"), problems)).isEmpty();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains("compressed", "to_json");
  }

  @Test
  void damagedFilesAreRefusedOrReadAndNeverMore() throws IOException {
    byte[] whole = Files.readAllBytes(fixture("snappy.parquet"));
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j <= i % 4; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = folder.resolve("damaged.parquet");
      Files.write(file, damaged);
      List<Problem> problems = new ArrayList<>();
      List<Row> rows = RowFile.read(file, problems);
      assertThat(problems.isEmpty() || rows.isEmpty()).isTrue();
    }
  }
}
