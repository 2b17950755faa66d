package dev.kontor.standalone.platform;

import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Index;
import dev.kontor.query.platform.Scan;
import dev.kontor.query.platform.Update;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.store.documents.DeclaredView;
import dev.kontor.store.documents.DocumentStore;
import dev.kontor.store.documents.DocumentTokenStore;
import dev.kontor.store.documents.DocumentWrites;
import dev.kontor.store.documents.IndexKey;
import dev.kontor.store.documents.KeyRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** Views in this process. A batch's documents, their index entries and its token are one write. */
public final class EmbeddedViewStore implements ViewStore {

    private final DocumentStore documents;
    private final TokenStore tokens;

    public EmbeddedViewStore(DocumentStore documents) {
        this.documents = documents;
        this.tokens = new DocumentTokenStore(documents);
    }

    @Override
    public void declare(List<View> views) {
        documents.declare(views.stream().map(EmbeddedViewStore::declared).toList());
    }

    private static DeclaredView declared(View view) {
        Map<String, List<String>> collections = new HashMap<>();
        List<String> indexes = new ArrayList<>();
        for (DocumentType<?> type : view.documents()) {
            collections.put(
                    type.name(), type.indexes().stream().map(Index::name).toList());
            type.indexes().forEach(index -> indexes.add(type.name() + "." + index.name() + index.fields()));
        }
        return new DeclaredView(
                view.name(),
                view.schema() + " " + indexes.stream().sorted().collect(Collectors.joining(" ")),
                collections);
    }

    @Override
    public <D extends ViewDocument> Optional<D> find(DocumentType<D> type, String id) {
        return Optional.ofNullable(decode(type, documents.find(type.name(), id)));
    }

    @Override
    public <D extends ViewDocument> Map<String, D> findAll(DocumentType<D> type, Collection<String> ids) {
        Map<String, D> found = new HashMap<>();
        for (byte[] stored : documents.findAll(type.name(), List.copyOf(ids))) {
            if (stored != null) {
                D document = decode(type, stored);
                found.put(document.id(), document);
            }
        }
        return found;
    }

    private <D extends ViewDocument> D decode(DocumentType<D> type, byte[] stored) {
        if (stored == null) {
            return null;
        }
        try {
            return type.decode(stored);
        } catch (RuntimeException e) {
            throw documents.damaged("a document of " + type.name(), e);
        }
    }

    @Override
    public <D extends ViewDocument> boolean scan(Scan<D> scan, Predicate<D> reader) {
        int[] left = {scan.most()};
        return documents.scan(
                scan.type().name(),
                scan.index().name(),
                range(scan),
                scan.isDescending(),
                stored -> reader.test(decode(scan.type(), stored)) && --left[0] > 0);
    }

    private static KeyRange range(Scan<?> scan) {
        KeyRange range = KeyRange.beginningWith(IndexKey.of(scan.where()));
        if (scan.from() != null) {
            range = range.from(IndexKey.of(with(scan.where(), scan.from())));
        }
        if (scan.to() != null) {
            range = range.to(IndexKey.of(with(scan.where(), scan.to())));
        }
        if (scan.after() != null) {
            byte[] place = IndexKey.place(
                    with(scan.where(), scan.after().value()), scan.after().id());
            range = scan.isDescending() ? range.before(place) : range.behindKey(place);
        }
        return range;
    }

    private static List<Object> with(List<Object> values, Object next) {
        List<Object> more = new ArrayList<>(values);
        more.add(next);
        return more;
    }

    @Override
    public void apply(Batch batch) {
        documents.write(writes -> {
            batch.types().forEach(type -> write(type, batch, writes));
            batch.token().ifPresent(token -> writes.token(token.processor(), token.segment(), token.token()));
        });
    }

    private <D extends ViewDocument> void write(DocumentType<D> type, Batch batch, DocumentWrites writes) {
        for (Update<D> update : batch.updates(type)) {
            D before = decode(type, writes.find(type.name(), update.id()));
            D after = update.over(before);
            if (after == before) {
                continue;
            }
            writes.put(type.name(), after.id(), type.encode(after));
            for (Index index : type.indexes()) {
                writes.index(
                        type.name(),
                        index.name(),
                        after.id(),
                        before == null ? Set.of() : type.entries(index, before),
                        type.entries(index, after));
            }
        }
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public void startOver(View view) {
        documents.startOver(view.name());
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
