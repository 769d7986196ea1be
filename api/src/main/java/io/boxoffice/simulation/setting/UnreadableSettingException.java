package io.boxoffice.simulation.setting;

import io.boxoffice.platform.error.FieldError;
import java.util.List;

/** Reports that this release cannot read the stored setting, because a newer release wrote it. */
final class UnreadableSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSettingException(List<FieldError> errors) {
    super(errors.toString());
  }
}
