package dev.kontor.gateway.platform;

/**
 * What data fetchers need of the HTTP request.
 *
 * @param preference applies to each mutation of the request
 * @param device the name that the client gives; null for none
 */
public record GraphQlCall(PreferHeader preference, String device) {

    /** Of a request without headers that matter. */
    static final GraphQlCall PLAIN = new GraphQlCall(PreferHeader.of(null), null);

    /** The name of the parameter of a data fetcher. */
    static final String KEY = "call";
}
