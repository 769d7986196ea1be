package io.boxoffice.structure.planted.first;

import io.boxoffice.structure.planted.second.PlantedDao;

/** Violates the rule on tables: a feature that uses another feature's tables. */
public record Thief(PlantedDao tables) {}
