/**
 * What the crowd does: the scenarios, their journeys in Gatling's language, and when buyers come.
 */
package io.boxoffice.stress.crowd.scenario;
