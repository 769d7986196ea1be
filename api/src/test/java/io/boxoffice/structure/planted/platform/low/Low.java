package io.boxoffice.structure.planted.platform.low;

import io.boxoffice.structure.planted.first.First;

/** Violates the rule on the platform: a part of the platform that depends on a feature. */
public record Low(First feature) {}
