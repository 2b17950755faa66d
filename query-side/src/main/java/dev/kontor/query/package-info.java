/**
 * The side that answers questions: projections read the log into documents, endpoints read documents. Nothing here ever
 * sends a command. What every room uses stands here.
 */
package dev.kontor.query;
