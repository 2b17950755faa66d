/** The rules for texts, shared by the gateway and both sides. */
package dev.kontor.text;
