/**
 * The query side: projections read the log into documents, endpoints read documents. It never sends a command. This
 * package has what all features share.
 */
package dev.kontor.query;
