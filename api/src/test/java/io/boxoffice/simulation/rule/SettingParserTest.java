package io.boxoffice.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.boxoffice.platform.error.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which settings the parser rejects, with which path, and that it reads valid ones. */
class SettingParserTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final SettingParser PARSER =
      new SettingParser(TestRoutes.ALL, TestRoutes.SHIPPED, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delay: {percent: -1, distribution: {type: fixed, value: 1s}} | delay.percent",
        "delay: {percent: 101, distribution: {type: fixed, value: 1s}} | delay.percent",
        "delay: {percent: NaN, distribution: {type: fixed, value: 1s}} | delay.percent",
        "delay: {percent: '5', distribution: {type: fixed, value: 1s}} | delay.percent",
        "delay: {percent: 5} | delay.distribution",
        "delay: {distribution: {type: uniform, min: 4s, max: 1s}} | delay.distribution.min",
        "delay: {distribution: {type: uniform, min: 1s}} | delay.distribution.max",
        "delay: {distribution: {type: lognormal, median: 1s, sigma: 0}} | delay.distribution.sigma",
        "delay: {distribution: {type: lognormal, median: 1s, sigma: -1}} | delay.distribution.sigma",
        "delay: {distribution: {type: lognormal, median: 1s}} | delay.distribution.sigma",
        "delay: {distribution: {type: exponential, mean: 0s}} | delay.distribution.mean",
        "delay: {distribution: {type: pareto, min: 1s, shape: 0}} | delay.distribution.shape",
        "delay: {distribution: {type: fixed, value: 1s, cap: 31s}} | delay.distribution.cap",
        "delay: {distribution: {type: fixed, value: 1}} | delay.distribution.value",
        "delay: {distribution: {type: fixed, value: soon}} | delay.distribution.value",
        "delay: {distribution: {type: gamma}} | delay.distribution.type",
        "delay: {distribution: {type: fixed, value: 1s, sigma: 1}} | delay.distribution.sigma",
        "delay: soon | delay",
        "denial: {percent: 5, status: 200} | denial.status",
        "denial: {percent: 5, status: 700} | denial.status",
        "denial: {percent: 5, status: 409.5} | denial.status",
        "denial: {percent: 5, when: sometimes} | denial.when",
        "denial: {percent: 5, code: 'No Way'} | denial.code",
        "denial: {percent: 5, retryAfter: {min: 5s, max: 1s}} | denial.retryAfter.min",
        "denial: {percent: 5, outcomes: [{weight: 0}]} | denial.outcomes",
        "denial: {percent: 5, outcomes: []} | denial.outcomes",
        "denial: {percent: 5, outcomes: [{weight: -1}, {weight: 2}]} | denial.outcomes[0].weight",
        "denial: {percent: 5, status: 409, outcomes: [{weight: 1}]} | denial.status",
        "denial: {status: 409} | denial.percent",
        "match: {methods: [BREW]} | match.methods[0]",
        "match: {path: /v2/concerts} | match.path",
        "phase: between | phase",
        "lose: true | lose",
        "phase: response, lose: {percent: 200} | lose.percent",
        "colour: red | colour",
      })
  void ruleWithOneErrorIsRejectedWithItsPath(String mistake, String path) {
    assertThat(errors("profiles: {p: [{id: r, %s}]}".formatted(mistake)))
        .extracting(FieldError::field)
        .containsExactly("profiles.p[0]." + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "activeProfile: nowhere | activeProfile",
        "speed: fast | speed",
        "seed: 1.5 | seed",
        "limits: {maxDelay: 6m} | limits.maxDelay",
        "limits: {maxActiveDelays: -1} | limits.maxActiveDelays",
        "allowProfileHeader: 'yes' | allowProfileHeader",
        "profiles: [] | profiles",
        "profiles: {p: {rules: {}}} | profiles.p.rules",
        "profiles: {p: [{}]} | profiles.p[0].id",
        "profiles: {p: [{id: a}, {id: a}]} | profiles.p[1].id",
        "profiles: {p: {rules: [{id: a}]}, q: {rules: [{id: a}]}} | profiles.q.rules[0].id",
        "profiles: {p: {scenario: {phases: []}}} | profiles.p.scenario.phases",
        "profiles: {p: {scenario: {}}} | profiles.p.scenario.phases",
        "profiles: {p: {scenario: {phases: [{phase: storm, duration: 1s}]}}}"
            + " | profiles.p.scenario.phases[0].phase",
        "profiles: {p: {scenario: {phases: [{phase: calm, duration: 0s}]}}}"
            + " | profiles.p.scenario.phases[0].duration",
        "profiles: {p: {scenario: {phases: [{phase: calm, duration: 1s, delayFactor: 0},"
            + " {phase: rush, duration: 1s, ramp: exponential}]}}}"
            + " | profiles.p.scenario.phases[1].ramp",
      })
  void settingWithOneErrorIsRejectedWithItsPath(String mistake, String path) {
    assertThat(errors(mistake)).extracting(FieldError::field).containsExactly(path);
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    assertThat(
            errors(
                """
                activeProfile: nowhere
                limits: {maxDelay: 1}
                profiles:
                  p:
                    - {id: r, delay: {percent: 101, distribution: {type: fixed, value: -1s}}}
                    - {id: r, denial: {percent: -1, status: 200}}
                """))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder(
            "activeProfile",
            "limits.maxDelay",
            "profiles.p[0].delay.percent",
            "profiles.p[0].delay.distribution.value",
            "profiles.p[1].id",
            "profiles.p[1].denial.percent",
            "profiles.p[1].denial.status");
  }

  @Test
  void unknownPathIsRejectedWithTheListOfRoutes() {
    assertThat(errors("profiles: {p: [{id: r, match: {path: /v1/gigs}}]}"))
        .singleElement()
        .satisfies(
            error -> assertThat(error.message()).contains("/v1/concerts/{concertId}/purchases"));
  }

  @Test
  void tenThousandRulesGiveOneError() {
    String rules =
        IntStream.range(0, 10_000)
            .mapToObj("{id: r%d}"::formatted)
            .collect(Collectors.joining(","));
    assertThat(errors("profiles: {p: [%s]}".formatted(rules)))
        .extracting(FieldError::field)
        .containsExactly("profiles.p");
  }

  @Test
  void hundredRulesInAllAreTheLimit() {
    String some =
        IntStream.range(0, 60).mapToObj("{id: r%d}"::formatted).collect(Collectors.joining(","));
    assertThat(errors("profiles: {p: [%s], q: [%s]}".formatted(some, some.replace("r", "s"))))
        .extracting(FieldError::field)
        .containsExactly("profiles");
  }

  @Test
  void profileNameIsTheOnlyRequiredField() throws Exception {
    List<FieldError> errors = new ArrayList<>();
    Setting setting = PARSER.parse(read("activeProfile: realistic"), errors);

    assertThat(errors).isEmpty();
    assertThat(setting.active().rules()).hasSize(1);
    assertThat(setting.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(setting.allowProfileHeader()).isTrue();
  }

  @Test
  void settingSurvivesWritingAndReading() throws Exception {
    List<FieldError> errors = new ArrayList<>();
    Setting setting =
        PARSER.parse(
            read(
                """
                seed: 42
                activeProfile: mine
                profiles:
                  mine:
                    - id: slow
                      match: {methods: [POST], path: "/v1/concerts/{concertId}/purchases"}
                      phase: response
                      delay: {percent: 50, distribution: {type: pareto, min: 100ms, shape: 1.5}}
                      denial:
                        percent: 5
                        outcomes: [{weight: 2, status: 503, retryAfter: {min: 1s, max: 3s}}]
                      lose: true
                """),
            errors);

    assertThat(PARSER.parse(JSON.valueToTree(setting), errors)).isEqualTo(setting);
    assertThat(errors).isEmpty();
  }

  private static List<FieldError> errors(String yaml) {
    List<FieldError> errors = new ArrayList<>();
    try {
      PARSER.parse(read(yaml), errors);
    } catch (JsonProcessingException cause) {
      throw new IllegalArgumentException(yaml, cause);
    }
    return errors;
  }

  private static com.fasterxml.jackson.databind.JsonNode read(String yaml)
      throws JsonProcessingException {
    return new ObjectMapper(new com.fasterxml.jackson.dataformat.yaml.YAMLFactory())
        .readTree(yaml.startsWith("{") || yaml.contains("\n") ? yaml : "{" + yaml + "}");
  }
}
