package dev.kontor.side.platform;

/** The name of an event processor whose handlers recognize events that they have handled: it may be reset. */
public record RepeatableProcessor(String name) {}
