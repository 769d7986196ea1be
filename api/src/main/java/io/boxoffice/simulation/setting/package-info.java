/**
 * Keeps the setting of all replicas equal. {@link io.boxoffice.simulation.setting.SettingStore}
 * stores the setting in the database. {@link io.boxoffice.simulation.setting.SettingFollower} reads
 * each change of it on every replica. {@link io.boxoffice.simulation.setting.LiveSimulation}
 * decides requests with the setting in force.
 */
package io.boxoffice.simulation.setting;
