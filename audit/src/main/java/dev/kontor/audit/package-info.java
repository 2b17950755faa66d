/**
 * The audit: its sources, data structures and findings. The feature packages have their invariants; {@code operations}
 * combines them. This module uses none of the code that it verifies: it interprets the log on its own.
 */
package dev.kontor.audit;
