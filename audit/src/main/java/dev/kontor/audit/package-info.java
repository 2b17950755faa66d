/**
 * The audit: what it reads, how it keeps it, and what it finds. The rooms hold what must be true of them; {@code operations}
 * puts it together. Nothing in this module knows the code that it judges: it reads the log from its meaning.
 */
package dev.kontor.audit;
