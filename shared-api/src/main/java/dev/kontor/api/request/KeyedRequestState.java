package dev.kontor.api.request;

/**
 * What became of a request.
 *
 * @param subject the id that its answer names; empty if there is none
 * @param result of its command, as JSON; empty if it is not needed for the answer
 * @param answer null until the final answer is known
 */
public record KeyedRequestState(String subject, String result, KeptAnswer answer) {}
