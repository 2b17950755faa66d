/**
 * The launcher's commands other than {@code up}: each is a program of its own, without Spring, so that it starts at
 * once. This is no feature package: the running system does not use it.
 */
package dev.kontor.standalone.tools;
