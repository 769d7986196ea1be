package io.boxoffice.structure.planted.pure;

import java.nio.file.Path;

/** Violates the rule on pure packages: it refers to a file. */
public record Impure(Path file) {}
