package io.boxoffice.concert;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** Accepts only ISO 4217 codes of currencies for payments, from the JDK's list. */
@Documented
@Constraint(validatedBy = CurrencyCode.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface CurrencyCode {
  /** The error message for the client. */
  String message() default "must be an ISO 4217 code such as EUR";

  /** The groups of Bean Validation. */
  Class<?>[] groups() default {};

  /** The payload of Bean Validation. */
  Class<? extends Payload>[] payload() default {};

  /** Looks the code up. Funds and metals have no minor unit, so the list does not hold them. */
  final class Validator implements ConstraintValidator<CurrencyCode, String> {
    private static final Set<String> KNOWN =
        Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public boolean isValid(String code, ConstraintValidatorContext context) {
      return code == null || KNOWN.contains(code);
    }
  }
}
