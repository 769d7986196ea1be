package io.boxoffice.structure.planted.second;

/** Stands for the tables of a feature. */
public interface PlantedDao {}
