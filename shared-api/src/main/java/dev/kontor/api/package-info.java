/**
 * The types that both sides share: commands, events, queries, value types and refusals, one package per feature. This
 * package has the types of all features.
 */
package dev.kontor.api;
