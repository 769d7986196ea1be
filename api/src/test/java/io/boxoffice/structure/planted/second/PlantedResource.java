package io.boxoffice.structure.planted.second;

import io.boxoffice.structure.planted.first.Thief;

/** A resource that uses a DAO, and closes a cycle. */
public record PlantedResource(PlantedDao tables, Thief thief) {}
