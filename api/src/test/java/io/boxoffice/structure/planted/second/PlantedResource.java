package io.boxoffice.structure.planted.second;

import io.boxoffice.structure.planted.first.Thief;

/** Violates two rules: a resource that uses a DAO, and a feature that closes a cycle. */
public record PlantedResource(PlantedDao tables, Thief thief) {}
