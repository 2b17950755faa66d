package dev.kontor.query.platform;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.stereotype.Component;

/** Where each view is: in the view store, or in this process alone. */
@Component
public class ViewContents {

    private final ViewStore store;
    private final TokenStore tokens;
    private final Map<View, LocalView> locals;

    public ViewContents(ViewStore store, ViewWriter writer, List<LocalView> locals) {
        this.store = store;
        this.tokens = new BatchTokenStore(store.tokens(), writer);
        this.locals = locals.stream().collect(Collectors.toMap(LocalView::view, Function.identity()));
    }

    /** The tokens of the view's event processor. */
    public TokenStore tokens(View view) {
        return view.isLocal() ? local(view).tokens() : tokens;
    }

    /** Begins the next generation of a view. Call only while nothing feeds it. */
    public void startOver(View view) {
        if (view.isLocal()) {
            local(view).startOver();
        } else {
            store.startOver(view);
        }
    }

    private LocalView local(View view) {
        LocalView local = locals.get(view);
        if (local == null) {
            throw new IllegalStateException("Nothing keeps the view " + view);
        }
        return local;
    }
}
