package io.boxoffice.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that every test that docs/security.md names exists: a renamed test shows nothing. */
class SecurityDocumentTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Path DOCUMENT = REPOSITORY.resolve("docs/security.md");
  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\|.*\\| test \\|\\n\\|[- |]+\\|\\n((?:\\|.*\\|\\n)+)");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD = Pattern.compile("(\\w+Test|\\w+IT)\\.(\\w+)");

  @Test
  void everyTestOfTheTableExists() throws IOException {
    String document = Files.readString(DOCUMENT);
    assertThat(missing(document)).isEmpty();
    assertThat(names(document)).hasSizeGreaterThan(40);
  }

  @Test
  void aWrongNameIsFound() throws IOException {
    assertThat(
            missing(
                """
                | requirement | how it is met | test |
                | --- | --- | --- |
                | requirement | how | `PasswordTest.aHashIsPlain`, `PasswordTest.noCompositionIsRequired` |
                | requirement | how | `NoSuchTest.anything`, `PasswordTest`, `.ci/nothing` |
                | requirement | how | to be written |
                """))
        .containsExactly(
            "PasswordTest.aHashIsPlain",
            "NoSuchTest.anything",
            "PasswordTest",
            ".ci/nothing",
            "no test in: to be written");
  }

  /** The names in the last column that are neither a test with its method nor a check. */
  private static List<String> missing(String document) throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    for (String cell : cells(document)) {
      List<String> names = NAME.matcher(cell).results().map(found -> found.group(1)).toList();
      if (names.isEmpty()) {
        missing.add("no test in: " + cell.strip());
      }
      names.stream().filter(name -> !exists(name, tests)).forEach(missing::add);
    }
    return missing;
  }

  private static List<String> names(String document) {
    return cells(document).stream()
        .flatMap(cell -> NAME.matcher(cell).results())
        .map(MatchResult::group)
        .toList();
  }

  /** The last cells of the rows of every table whose last column is named "test". */
  private static List<String> cells(String document) {
    return TABLE
        .matcher(document)
        .results()
        .flatMap(table -> table.group(1).lines())
        .map(row -> row.substring(row.lastIndexOf('|', row.length() - 2) + 1, row.length() - 1))
        .toList();
  }

  private static boolean exists(String name, Map<String, String> tests) {
    if (name.startsWith(".ci/")) {
      return Files.isExecutable(REPOSITORY.resolve(name));
    }
    var parts = METHOD.matcher(name);
    return parts.matches()
        && Pattern.compile(
                "(?s)@(?:Parameterized)?Test\\b(?:(?!\\bvoid ).)*\\bvoid " + parts.group(2) + "\\(")
            .matcher(tests.getOrDefault(parts.group(1), ""))
            .find();
  }

  /** The source of every test class by its simple name. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  SecurityDocumentTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
