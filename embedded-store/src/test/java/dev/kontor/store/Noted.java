package dev.kontor.store;

/** The event that these tests write. */
record Noted(String text) {}
