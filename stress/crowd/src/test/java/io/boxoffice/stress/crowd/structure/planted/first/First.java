package io.boxoffice.stress.crowd.structure.planted.first;

import io.boxoffice.stress.crowd.structure.planted.second.Second;

/** Depends on a package that depends on this one. */
public record First(Second second) {}
