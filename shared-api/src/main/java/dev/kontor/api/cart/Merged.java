package dev.kontor.api.cart;

/** @param repeated whether it was answered before, and so changed nothing now */
public record Merged(Merge merge, boolean repeated) {}
