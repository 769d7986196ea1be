package io.boxoffice.structure.planted.nested;

import io.boxoffice.structure.planted.nested.part.Part;

/** Violates the rule on a feature's packages: a part depends on the whole that contains it. */
public record Whole(Part part) {}
