package io.boxoffice.platform.http.strict;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires text that people can read and PostgreSQL can store: not blank, without control
 * characters (including NUL) and without single surrogates. Null is valid here; {@code @NotNull}
 * rejects it.
 */
@Documented
@Constraint(validatedBy = PlainText.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {
  /** The message that the client receives. */
  String message() default "must be readable text: not blank, no control characters";

  /** Bean Validation's groups. */
  Class<?>[] groups() default {};

  /** Bean Validation's payload. */
  Class<? extends Payload>[] payload() default {};

  /** Checks each character. */
  final class Validator implements ConstraintValidator<PlainText, String> {
    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
      return text == null || (!text.isBlank() && text.codePoints().allMatch(Validator::isReadable));
    }

    private static boolean isReadable(int codePoint) {
      return !Character.isISOControl(codePoint)
          && Character.getType(codePoint) != Character.SURROGATE;
    }
  }
}
