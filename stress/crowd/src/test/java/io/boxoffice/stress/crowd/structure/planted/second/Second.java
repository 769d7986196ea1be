package io.boxoffice.stress.crowd.structure.planted.second;

import io.boxoffice.stress.crowd.structure.planted.first.First;

/** Depends on a package that depends on this one. */
public record Second(First first) {}
