package io.boxoffice.structure.planted.first;

import io.boxoffice.structure.planted.second.PlantedDao;

/** A feature that uses the tables of another one. */
public record Thief(PlantedDao tables) {}
