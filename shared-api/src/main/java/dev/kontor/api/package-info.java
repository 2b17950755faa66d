/**
 * The language both sides speak: commands, events, queries, value types and refusals, in the rooms of the house. What
 * every room uses stands here.
 */
package dev.kontor.api;
