/** The databases of a topology: one server, or three with a manager that fails over. */
package io.boxoffice.lab.database;
