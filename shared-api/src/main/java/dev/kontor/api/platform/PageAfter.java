package dev.kontor.api.platform;

/**
 * Where a page of a list ended: the last item's sort key, and its id for the order of equal keys.
 *
 * @param key as text; numbers in decimal
 */
public record PageAfter(String key, String id) {}
