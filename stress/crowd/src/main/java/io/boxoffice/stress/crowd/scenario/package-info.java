/**
 * The scenarios, the journeys of their buyers in Gatling's language, and when buyers arrive.
 */
package io.boxoffice.stress.crowd.scenario;
