package dev.kontor.query.platform;

import dev.kontor.side.platform.LetterStore;
import java.io.IOException;
import java.nio.file.Path;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * A view that each process keeps for itself, outside the {@link ViewStore}, and feeds by one event processor with one
 * segment.
 */
public interface LocalView {

    View view();

    /** Its token is stored with its content, never before it. */
    TokenStore tokens();

    /**
     * Makes a copy of content, token and dead letters in a folder that does not exist yet: links to files that never change. Makes
     * none while nothing feeds the view.
     */
    void checkpoint(Path folder) throws IOException;

    /** Its dead letters, which are kept with its content. */
    LetterStore letters();

    /** Deletes content, token and dead letters. Call only while nothing feeds the view. */
    void startOver();
}
