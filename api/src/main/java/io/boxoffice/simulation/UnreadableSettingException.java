package io.boxoffice.simulation;

import io.boxoffice.platform.error.FieldError;
import java.util.List;

/** Says that the stored setting is not one that this release can follow; a newer one wrote it. */
final class UnreadableSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSettingException(List<FieldError> errors) {
    super(errors.toString());
  }
}
