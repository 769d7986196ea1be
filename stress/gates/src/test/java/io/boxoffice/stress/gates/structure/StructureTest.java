package io.boxoffice.stress.gates.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the packages of the gates, and that they use nothing of the shop but its codes. */
class StructureTest {
  private static final String ROOT = "io.boxoffice.stress.gates";
  private static final String CODES = "io.boxoffice.gate.code.format";
  private static final long MOST_FILES = 20;

  private static final JavaClasses GATES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    assertThat(GATES.containPackage(ROOT + ".device")).isTrue();
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(GATES);
  }

  @Test
  void ofTheShopOnlyTheCodesAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are the shop's, except those of its codes",
                (JavaClass used) ->
                    used.getPackageName().startsWith("io.boxoffice.")
                        && !used.getPackageName().startsWith("io.boxoffice.stress.")
                        && !used.getPackageName().equals(CODES)))
        .check(GATES);
  }

  @Test
  void theCodesNeedTheJdkOnly() {
    JavaClasses codes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CODES);
    assertThat(codes).isNotEmpty();
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", CODES)
        .check(codes);
  }

  @Test
  void packagesAreSmall() {
    Map<String, Long> files =
        GATES.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).allSatisfy((name, count) -> assertThat(count).isBetween(1L, MOST_FILES));
  }
}
