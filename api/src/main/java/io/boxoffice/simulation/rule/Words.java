package io.boxoffice.simulation.rule;

import com.google.common.base.CaseFormat;

/** Converts constants to the words of the setting: {@code BEFORE_DELAY} is {@code beforeDelay}. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, constant.name());
  }
}
