package io.boxoffice.structure.planted.second;

/** The tables of a feature. */
public interface PlantedDao {}
