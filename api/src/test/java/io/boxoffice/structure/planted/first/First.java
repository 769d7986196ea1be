package io.boxoffice.structure.planted.first;

import io.boxoffice.structure.planted.second.PlantedResource;

/** A feature that depends on one that depends on it. */
public record First(PlantedResource other) {}
