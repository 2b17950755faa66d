package dev.kontor.gateway.platform;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What the data fetcher of a subscription is called for. The document is executed once to learn what is watched, and
 * then once for each event, so an open stream holds neither the parsed document nor a state of its execution.
 */
public final class GraphQlSubscription {

    /** The name of the parameter of a data fetcher. */
    static final String KEY = "subscription";

    private final Object shown;
    private Watched<?, ?> watched;
    private DataFetchingEnvironment fetched;

    private GraphQlSubscription(Object shown) {
        this.shown = shown;
    }

    /** To learn what is watched. */
    static GraphQlSubscription opening() {
        return new GraphQlSubscription(null);
    }

    /** To show a document. */
    static GraphQlSubscription showing(Object document) {
        return new GraphQlSubscription(document);
    }

    /**
     * The answer of the data fetcher.
     *
     * @param type of the documents of the stream's events
     */
    public <D> Publisher<D> to(Watched<?, ?> stream, Class<D> type, DataFetchingEnvironment field) {
        watched = stream;
        fetched = field;
        return Mono.justOrEmpty(type.cast(shown));
    }

    /** Empty if the document has not been executed. */
    Optional<Watched<?, ?>> watched() {
        return Optional.ofNullable(watched);
    }

    /** The answer if the stream is refused. */
    Map<String, Object> refused(RuntimeException failure) {
        return GraphQlProblems.body(GraphQlProblems.of(failure, fetched));
    }
}
