/**
 * Reports: statements about the tickets of a concert that the report partner makes and signs. The
 * table of reports is also the queue of the jobs that make them.
 */
package io.boxoffice.report;
