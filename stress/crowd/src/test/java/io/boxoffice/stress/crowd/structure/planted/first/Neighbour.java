package io.boxoffice.stress.crowd.structure.planted.first;

/** A second file of its package. */
public enum Neighbour {}
