package io.boxoffice.lab;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final JavaClasses LAB =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.boxoffice.lab");

  @Test
  void packagesHaveNoCycles() {
    assertThat(LAB.containPackage("io.boxoffice.lab.host")).isTrue();
    slices().matching("io.boxoffice.lab.(**)").should().beFreeOfCycles().check(LAB);
  }
}
