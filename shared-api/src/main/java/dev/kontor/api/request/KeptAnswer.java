package dev.kontor.api.request;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import java.util.List;

/**
 * The final answer to a request, as it is kept for repeats.
 *
 * @param status of HTTP
 * @param content headers and body, sealed for each of the customers in turn: it opens only with all of their keys
 * @param sealedFor at least one, in the order of sealing
 */
public record KeptAnswer(int status, Sealed content, List<CustomerId> sealedFor) {}
