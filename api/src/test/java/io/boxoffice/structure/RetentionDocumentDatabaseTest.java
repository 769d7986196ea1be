package io.boxoffice.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that docs/retention.md has a row for each table of the schema, and for no other. */
class RetentionDocumentDatabaseTest {
  private static final Path DOCUMENT = Path.of("../docs/retention.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  /** The tables that the rows name. */
  private static Set<String> named(String document) {
    return ROW.matcher(document)
        .results()
        .flatMap(row -> NAME.matcher(row.group(1)).results())
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyTableHasARow() throws IOException {
    List<String> tables =
        TestDatabase.migrated()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT relname FROM pg_class"
                                + " WHERE relnamespace = current_schema()::regnamespace"
                                + " AND relkind IN ('r', 'p') AND NOT relispartition")
                        .mapTo(String.class)
                        .list());
    assertThat(named(Files.readString(DOCUMENT))).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void onlyTheFirstColumnCounts() {
    assertThat(named("| table | deleted |\n| `first`, `second` | with `third` |\n"))
        .containsExactly("first", "second");
  }
}
