package io.boxoffice.structure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the code follows its structure and that each rule finds a planted violation. */
class StructureTest {
  private static final String ROOT = "io.boxoffice";
  private static final String PLANTED = "io.boxoffice.structure.planted";

  /** The most files of a package; a package with more has more than one subject. */
  private static final int MOST_FILES = 20;

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(
            "no cycles of features",
            rule(rules -> rules.noCycles(ROOT)),
            rule(rules -> rules.noCycles(PLANTED))),
        Arguments.of(
            "no cycles in the platform",
            rule(rules -> rules.noCycles(ROOT + ".platform")),
            rule(rules -> rules.noCycles(PLANTED))),
        Arguments.of(
            "no cycles within the simulation",
            rule(rules -> rules.noCyclesWithin(ROOT + ".simulation")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within HTTP",
            rule(rules -> rules.noCyclesWithin(ROOT + ".platform.http")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within the purchase",
            rule(rules -> rules.noCyclesWithin(ROOT + ".purchase")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within orders",
            rule(rules -> rules.noCyclesWithin(ROOT + ".order")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within events",
            rule(rules -> rules.noCyclesWithin(ROOT + ".event")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within gates",
            rule(rules -> rules.noCyclesWithin(ROOT + ".gate")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within accounts",
            rule(rules -> rules.noCyclesWithin(ROOT + ".account")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "no cycles within gates",
            rule(rules -> rules.noCyclesWithin(ROOT + ".gate")),
            rule(rules -> rules.noCyclesWithin(PLANTED + ".nested"))),
        Arguments.of(
            "the format of ticket codes needs the JDK only",
            rule(rules -> rules.needsTheJdkOnly(ROOT + ".gate.code.format")),
            rule(rules -> rules.needsTheJdkOnly(PLANTED + ".first"))),
        Arguments.of(
            "the sales desk knows neither HTTP nor SQL",
            rule(rules -> rules.knowsNeitherHttpNorSql(ROOT + ".purchase.desk")),
            rule(rules -> rules.knowsNeitherHttpNorSql(PLANTED + ".between"))),
        Arguments.of(
            "the allocation does no input or output",
            rule(rules -> rules.doesNoInputOrOutput(ROOT + ".purchase.allocation")),
            rule(rules -> rules.doesNoInputOrOutput(PLANTED + ".pure"))),
        Arguments.of(
            "the states of orders do no input or output",
            rule(rules -> rules.doesNoInputOrOutput(ROOT + ".order.state")),
            rule(rules -> rules.doesNoInputOrOutput(PLANTED + ".pure"))),
        Arguments.of(
            "the decisions at the gates do no input or output",
            rule(rules -> rules.doesNoInputOrOutput(ROOT + ".gate.state")),
            rule(rules -> rules.doesNoInputOrOutput(PLANTED + ".pure"))),
        Arguments.of(
            "the simulation's draws do no input or output",
            rule(rules -> rules.doesNoInputOrOutput(ROOT + ".simulation.draw")),
            rule(rules -> rules.doesNoInputOrOutput(PLANTED + ".pure"))),
        Arguments.of(
            "the platform knows no feature",
            rule(Rules::platformKnowsNoFeature),
            rule(Rules::platformKnowsNoFeature)),
        Arguments.of(
            "resources use no DAO", rule(Rules::resourcesUseNoDao), rule(Rules::resourcesUseNoDao)),
        Arguments.of(
            "tables belong to one feature",
            rule(Rules::tablesBelongToOneFeature),
            rule(Rules::tablesBelongToOneFeature)),
        Arguments.of(
            "packages are small",
            rule(rules -> rules.packagesAreSmall(MOST_FILES)),
            rule(rules -> rules.packagesAreSmall(1))));
  }

  private static Function<Rules, ArchRule> rule(Function<Rules, ArchRule> rule) {
    return rule;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theServiceFollowsTheRule(
      String name, Function<Rules, ArchRule> rule, Function<Rules, ArchRule> ofPlanted) {
    rule.apply(new Rules(ROOT)).check(SERVICE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void aPlantedViolationIsFound(
      String name, Function<Rules, ArchRule> rule, Function<Rules, ArchRule> ofPlanted) {
    JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
    assertThatThrownBy(() -> ofPlanted.apply(new Rules(PLANTED)).check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(PLANTED);
  }
}
