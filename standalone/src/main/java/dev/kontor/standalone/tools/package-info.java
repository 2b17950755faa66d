/**
 * What the launcher's commands other than {@code up} run: each a program of its own beside the server, without Spring, so
 * that it starts at once. It is no room: nothing in here is a part of the running system, and what is in the rooms does
 * not know it.
 */
package dev.kontor.standalone.tools;
