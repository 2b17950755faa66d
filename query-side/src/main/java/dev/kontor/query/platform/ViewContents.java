package dev.kontor.query.platform;

import dev.kontor.side.platform.LetterStore;
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
    private final LetterStore letters;

    public ViewContents(ViewStore store, ViewWriter writer, List<LocalView> locals) {
        this.store = store;
        this.tokens = new BatchTokenStore(store.tokens(), writer);
        this.locals = locals.stream().collect(Collectors.toMap(LocalView::view, Function.identity()));
        this.letters = new ViewLetters(
                store.letters(),
                locals.stream().collect(Collectors.toMap(local -> local.view().name(), LocalView::letters)));
    }

    /** The tokens of the event processor that feeds what readers see. */
    public TokenStore tokens(View view) {
        return view.isLocal()
                ? local(view).tokens()
                : new SlotTokenStore(tokens, view, () -> store.generations(view).live());
    }

    /** The tokens of the event processor that feeds the other generation of a view in the view store. */
    public TokenStore otherTokens(View view) {
        return new SlotTokenStore(
                tokens, view, () -> store.generations(view).live().other());
    }

    /** The dead letters of all views, each in a queue with the name of its event processor. */
    public LetterStore letters() {
        return letters;
    }

    /** Deletes a view that this process keeps for itself, and its dead letters. Call only while nothing feeds it. */
    public void startOver(View view) {
        local(view).startOver();
    }

    private LocalView local(View view) {
        LocalView local = locals.get(view);
        if (local == null) {
            throw new IllegalStateException("Nothing keeps the view " + view);
        }
        return local;
    }
}
