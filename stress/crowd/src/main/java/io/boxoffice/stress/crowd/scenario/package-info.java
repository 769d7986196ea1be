/** The scenarios, and the journeys of their buyers in Gatling's language. */
package io.boxoffice.stress.crowd.scenario;
