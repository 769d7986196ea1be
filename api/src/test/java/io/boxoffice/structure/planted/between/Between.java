package io.boxoffice.structure.planted.between;

import java.sql.Connection;

/** Violates the rule on what lies between HTTP and SQL: it refers to a connection. */
public record Between(Connection database) {}
