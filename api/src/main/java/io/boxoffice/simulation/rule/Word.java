package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.base.CaseFormat;

/** Names the constants in the setting: {@code BEFORE_DELAY} is {@code beforeDelay}. */
interface Word {
  /** Returns the name of the constant. */
  String name();

  /** Returns the word for the constant in the setting. */
  @JsonValue
  default String word() {
    return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, name());
  }
}
