package io.boxoffice.structure.planted.platform.low;

import io.boxoffice.structure.planted.first.First;

/** A part of a platform that knows a feature. */
public record Low(First feature) {}
