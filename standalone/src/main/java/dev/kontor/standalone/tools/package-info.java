/**
 * The launcher's commands other than {@code up}: each is a program of its own, without Spring, so that it starts at
 * once. This is no feature package: the running system does not use it.
 *
 * <p>Here are the registry, the audit, the rebuild of views and the rotation of master keys; {@code backup} has backup
 * and restore, {@code transfer} has export and import, {@code axonserver} has the client of an Axon Server and of the
 * sides' database, and {@code console} has what every command needs.
 */
package dev.kontor.standalone.tools;
