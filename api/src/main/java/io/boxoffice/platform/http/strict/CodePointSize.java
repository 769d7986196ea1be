package io.boxoffice.platform.http.strict;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;

/**
 * Counts the length of a text for {@link Size} in code points, as the contract's maxLength (JSON
 * Schema, 6.3.1) and PostgreSQL's varchar do. Bean Validation's own validator counts UTF-16 units.
 * This validator is for String, so it takes precedence over the built-in one, which is for any
 * CharSequence.
 */
public final class CodePointSize implements ConstraintValidator<Size, String> {
  private int min;
  private int max;

  @Override
  public void initialize(Size size) {
    this.min = size.min();
    this.max = size.max();
  }

  @Override
  public boolean isValid(String text, ConstraintValidatorContext context) {
    if (text == null) {
      return true;
    }
    int length = text.codePointCount(0, text.length());
    return min <= length && length <= max;
  }
}
