package io.boxoffice.structure.planted.nested.part;

import io.boxoffice.structure.planted.nested.Whole;

/** Closes the cycle. */
public record Part(Whole whole) {}
