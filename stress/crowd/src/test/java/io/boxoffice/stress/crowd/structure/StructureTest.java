package io.boxoffice.stress.crowd.structure;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks the packages of all modules below stress/, and that each rule finds a planted violation.
 */
class StructureTest {
  private static final String ROOT = "io.boxoffice.stress";
  private static final String PLANTED = "io.boxoffice.stress.crowd.structure.planted";

  /** The most files of a package; a package with more has more than one subject. */
  private static final long MOST_FILES = 20;

  private static final JavaClasses STRESS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    assertThat(STRESS.containPackage(ROOT + ".plot.svg")).isTrue();
    assertThat(STRESS.containPackage(ROOT + ".bench.sql")).isTrue();
    assertThat(STRESS.containPackage(ROOT + ".check.stock")).isTrue();
    assertThat(STRESS.containPackage(ROOT + ".compare.audit")).isTrue();
    noCycles(ROOT).check(STRESS);
  }

  @Test
  void aPlantedCycleIsFound() {
    JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
    assertThatThrownBy(() -> noCycles(PLANTED).check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(PLANTED);
  }

  @Test
  void packagesAreSmall() {
    assertThat(files(STRESS))
        .allSatisfy((name, count) -> assertThat(count).isBetween(1L, MOST_FILES));
  }

  @Test
  void everyFileOfAPackageCounts() {
    JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
    assertThat(files(planted))
        .containsOnly(Map.entry(PLANTED + ".first", 2L), Map.entry(PLANTED + ".second", 1L));
  }

  private static ArchRule noCycles(String parent) {
    return slices().matching(parent + ".(**)").should().beFreeOfCycles();
  }

  private static Map<String, Long> files(JavaClasses classes) {
    return classes.stream()
        .filter(JavaClass::isTopLevelClass)
        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
  }
}
