/** What texts may hold and how they are compared, in one place for the gateway and both sides. */
package dev.kontor.text;
