package io.boxoffice.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** Turns the rules of docs/architecture.md into checks of the packages below a root. */
final class Rules {
  private static final String[] INPUT_AND_OUTPUT = {
    "java.io..",
    "java.net..",
    "java.nio..",
    "java.sql..",
    "javax.sql..",
    "jakarta.servlet..",
    "jakarta.ws.rs..",
    "io.dropwizard..",
    "org.eclipse.jetty..",
    "org.glassfish..",
    "org.jdbi..",
    "org.postgresql..",
    "org.slf4j.."
  };

  private static final String[] HTTP_AND_SQL = {
    "java.sql..",
    "javax.sql..",
    "jakarta.servlet..",
    "jakarta.ws.rs..",
    "org.eclipse.jetty..",
    "org.glassfish..",
    "org.jdbi..",
    "org.postgresql..",
    "..platform.http..",
    "..platform.database.."
  };

  private final String root;

  Rules(String root) {
    this.root = root;
  }

  /** Features, and the parts of the platform, have no dependency cycles. */
  ArchRule noCycles(String parent) {
    return slices().matching(parent + ".(*)..").should().beFreeOfCycles();
  }

  /** The packages of a feature, its own package among them, have no dependency cycles. */
  ArchRule noCyclesWithin(String feature) {
    return slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                return name.equals(feature) || name.startsWith(feature + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "packages of " + feature;
              }
            })
        .should()
        .beFreeOfCycles();
  }

  /** The computations that a test repeats exactly do no input and no output. */
  ArchRule doesNoInputOrOutput(String pure) {
    return noClasses()
        .that(resideInAPackage(pure + ".."))
        .should()
        .dependOnClassesThat(
            // A character set only converts text in memory.
            resideInAnyPackage(INPUT_AND_OUTPUT).and(resideOutsideOfPackage("java.nio.charset..")));
  }

  /** What other programs use too needs the JDK only. */
  ArchRule needsTheJdkOnly(String format) {
    return noClasses()
        .that(resideInAPackage(format + ".."))
        .should()
        .dependOnClassesThat(resideOutsideOfPackages("java..", format + ".."));
  }

  /** What lies between HTTP and the database works without either, so a test can replace both. */
  ArchRule knowsNeitherHttpNorSql(String between) {
    return noClasses()
        .that(resideInAPackage(between + ".."))
        .should()
        .dependOnClassesThat(resideInAnyPackage(HTTP_AND_SQL));
  }

  /** The platform depends on no feature. */
  ArchRule platformKnowsNoFeature() {
    String platform = root + ".platform..";
    return noClasses()
        .that(resideInAPackage(platform))
        .should()
        .dependOnClassesThat(
            are(resideInAPackage(root + "..")).and(resideOutsideOfPackage(platform)));
  }

  /** A resource only translates HTTP; SQL belongs behind a service. */
  ArchRule resourcesUseNoDao() {
    return noClasses()
        .that(simpleNameEndingWith("Resource"))
        .should()
        .dependOnClassesThat(are(simpleNameEndingWith("Dao")));
  }

  /** A feature uses another feature's tables only through that feature. */
  ArchRule tablesBelongToOneFeature() {
    return classes()
        .that(simpleNameEndingWith("Dao"))
        .should(
            new ArchCondition<>("be used in their own feature only") {
              @Override
              public void check(JavaClass dao, ConditionEvents events) {
                dao.getDirectDependenciesToSelf().stream()
                    .filter(use -> !feature(use.getOriginClass()).equals(feature(dao)))
                    .forEach(
                        use ->
                            events.add(SimpleConditionEvent.violated(use, use.getDescription())));
              }
            });
  }

  private String feature(JavaClass type) {
    String below = type.getPackageName().substring(root.length());
    int end = below.indexOf('.', 1);
    return end < 0 ? below : below.substring(0, end);
  }

  /** A package has at most so many files. */
  ArchRule packagesAreSmall(int most) {
    return classes()
        .that(
            DescribedPredicate.describe(
                "are the first of their package",
                type -> type.isTopLevelClass() && type.equals(firstOf(type.getPackage()))))
        .should(
            new ArchCondition<>("have few neighbours") {
              @Override
              public void check(JavaClass first, ConditionEvents events) {
                String name = first.getPackageName();
                long files = files(first.getPackage()).count();
                if (files > most) {
                  events.add(
                      SimpleConditionEvent.violated(
                          first, "%s has %d files, more than %d".formatted(name, files, most)));
                }
              }
            });
  }

  private static JavaClass firstOf(JavaPackage home) {
    return files(home).min((one, other) -> one.getName().compareTo(other.getName())).orElseThrow();
  }

  /** A package also has nested classes and, where they are used, arrays of its classes. */
  private static Stream<JavaClass> files(JavaPackage home) {
    return home.getClasses().stream().filter(type -> type.isTopLevelClass() && !type.isArray());
  }
}
