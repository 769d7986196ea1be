/** The topologies single and active-passive. */
package io.boxoffice.lab.passive;
