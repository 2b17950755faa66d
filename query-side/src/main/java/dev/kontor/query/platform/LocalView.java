package dev.kontor.query.platform;

import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * A view that each process keeps for itself, outside the {@link ViewStore}, and feeds by one event processor with one
 * segment.
 */
public interface LocalView {

    View view();

    /** Its token is stored with its content, never before it. */
    TokenStore tokens();

    /** Deletes content and token. Call only while nothing feeds the view. */
    void startOver();
}
