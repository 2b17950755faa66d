package dev.kontor.query.platform;

/**
 * The end of a list's page: the last item's sort key, and its id to order equal keys.
 *
 * @param key as text; numbers in decimal
 */
public record PageAfter(String key, String id) {}
