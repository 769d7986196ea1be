package io.boxoffice.structure.planted.first;

import io.boxoffice.structure.planted.second.PlantedResource;

/** Violates the rule against cycles: a feature that depends on one that depends on it. */
public record First(PlantedResource other) {}
