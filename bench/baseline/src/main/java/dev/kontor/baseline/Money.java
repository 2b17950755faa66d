package dev.kontor.baseline;

/** @param amount in minor units */
record Money(long amount, String currency) {}
