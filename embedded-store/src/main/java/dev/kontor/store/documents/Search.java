package dev.kontor.store.documents;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds documents of one collection: by their ids, along an index, or by looking at all. */
final class Search {

    private final DocumentCollection documents;
    private final ViewFiles files;
    /** The collection's own remembers where it matched; this one is asked by many at once. */
    private final QueryMatcher matcher = new DefaultQueryMatcher();

    Search(DocumentCollection documents, ViewFiles files) {
        this.documents = documents;
        this.files = files;
    }

    /**
     * @param sort null or empty for the order of the ids
     * @param limit all where it is not positive
     * @param batchSize how many to answer before the cursor; 0 for all
     * @param fields null or empty for all
     */
    record Request(Document query, Document sort, int skip, int limit, int batchSize, Document fields) {

        boolean isSorted() {
            return sort != null && !sort.isEmpty();
        }
    }

    /**
     * What may be an answer, in its order, and what of it is one.
     *
     * @param answer null where it is none
     */
    record Candidates(Iterator<Document> documents, UnaryOperator<Document> answer) {}

    QueryResult find(Request request, boolean mayUseIndexes) {
        if (request.batchSize > 0) {
            Candidates candidates = candidates(request, mayUseIndexes);
            return documents.answer(LazyCursor.take(candidates, request.batchSize), candidates);
        }
        Iterator<Document> found = found(request, mayUseIndexes).iterator();
        return new QueryResult(() -> found);
    }

    /** Where nothing has to be counted or sorted first, nobody looks at more documents than the next answer needs. */
    private Candidates candidates(Request request, boolean mayUseIndexes) {
        boolean counted = request.skip > 0 || request.limit > 0;
        Optional<Plan> plan = mayUseIndexes ? Plan.of(request, documents.fieldIndexes()) : Optional.empty();
        boolean inOrder = plan.map(Plan::isInOrder).orElse(!request.isSorted());
        if (counted || !inOrder || Ids.in(request.query).isPresent()) {
            return new Candidates(found(request, mayUseIndexes).iterator(), UnaryOperator.identity());
        }
        Stream<Document> documentsInOrder =
                plan.map(this::along).orElseGet(() -> all().map(DocumentWithPosition::getDocument));
        return new Candidates(
                documentsInOrder.filter(Objects::nonNull).iterator(),
                document -> matcher.matches(document, request.query) ? shown(document, request) : null);
    }

    private Document shown(Document document, Request request) {
        return request.fields == null || request.fields.isEmpty()
                ? document
                : documents.project(document, request.fields);
    }

    private Stream<Document> found(Request request, boolean mayUseIndexes) {
        Optional<Ids> ids = Ids.in(request.query);
        Optional<Plan> plan =
                mayUseIndexes && ids.isEmpty() ? Plan.of(request, documents.fieldIndexes()) : Optional.empty();
        boolean backwards = isNaturalBackwards(request.sort);
        Stream<Document> candidates = ids.map(named -> named.keys().stream().map(this::get))
                .or(() -> plan.map(this::along))
                .orElseGet(() -> all(backwards).map(DocumentWithPosition::getDocument))
                .filter(Objects::nonNull);
        if (ids.isEmpty() || !ids.get().alone()) {
            candidates = candidates.filter(document -> matcher.matches(document, request.query));
        }
        boolean inOrder = plan.isPresent() && plan.get().isInOrder() || !request.isSorted() || isNatural(request.sort);
        Stream<Document> sorted = inOrder ? candidates : sorted(candidates, request);
        Stream<Document> cut = sorted.skip(request.skip);
        cut = request.limit > 0 ? cut.limit(request.limit) : cut;
        return cut.map(document -> shown(document, request));
    }

    private static boolean isNatural(Document sort) {
        return sort.containsKey("$natural");
    }

    private static boolean isNaturalBackwards(Document sort) {
        return sort != null && sort.get("$natural") instanceof Number order && order.intValue() < 0;
    }

    private record Ranked(Document document, long arrival) {}

    /** Where only some are wanted, no more of them than that are ever held. */
    private static Stream<Document> sorted(Stream<Document> candidates, Request request) {
        Comparator<Document> order = new DocumentComparator(request.sort);
        long wanted = (long) request.skip + request.limit;
        if (request.limit <= 0) {
            return candidates.sorted(order);
        }
        Comparator<Ranked> ranking =
                Comparator.comparing(Ranked::document, order).thenComparingLong(Ranked::arrival);
        PriorityQueue<Ranked> best = new PriorityQueue<>(ranking.reversed());
        long arrival = 0;
        for (Iterator<Document> each = candidates.iterator(); each.hasNext(); ) {
            best.add(new Ranked(each.next(), arrival++));
            if (best.size() > wanted) {
                best.remove();
            }
        }
        return best.stream().sorted(ranking).map(Ranked::document);
    }

    private Stream<Document> along(Plan plan) {
        return stream(new Scan(files.rows(), plan.range(), plan.isBackwards()))
                // Gone where it was deleted after the index was read.
                .map(row -> get(new DocumentKey(row.value())));
    }

    Stream<DocumentWithPosition<DocumentKey>> all() {
        return all(false);
    }

    private Stream<DocumentWithPosition<DocumentKey>> all(boolean backwards) {
        if (documents.isWriting()) {
            documents.flush();
        }
        return stream(new Scan(files.rows(), RowKeys.documents(documents.number()), backwards))
                .map(row -> new DocumentWithPosition<>(decode(row.value()), new DocumentKey(RowKeys.idOf(row.key()))));
    }

    /** Null where there is none. One by one: reading many at once, RocksDB's Java answers damage with "none". */
    Document get(DocumentKey key) {
        byte[] stored = documents.stored(key);
        return stored == null ? null : decode(stored);
    }

    private Document decode(byte[] stored) {
        try {
            return Bson.decode(stored);
        } catch (RuntimeException e) {
            throw files.unreadable("a document of " + documents.getFullName() + " is not BSON", e);
        }
    }

    private static Stream<Rows.Row> stream(Scan scan) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scan, 0), false);
    }
}
