package dev.kontor.query.catalog;

import dev.kontor.query.platform.IndexBatch;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;

/** The changes of one unit of work. Of a product whose stock moves alone, only a change between some and none counts. */
final class ProductIndexBatch implements IndexBatch {

    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final List<SearchedProduct> changed = new ArrayList<>();
    private final Set<String> soldOut;
    private final ProductFields fields;
    private final ReadYourWrites arrivals;

    /** @param soldOut the ids of all products without stock, as the index shows them; this batch updates it */
    ProductIndexBatch(Set<String> soldOut, ProductFields fields, ReadYourWrites arrivals) {
        this.soldOut = soldOut;
        this.fields = fields;
        this.arrivals = arrivals;
    }

    private static final class Change {
        private final List<Step> steps = new ArrayList<>();
        private boolean isOfStockAlone = true;
        private boolean isInStock;
    }

    /** @param change from the product before, null if there is none */
    private record Step(long version, UnaryOperator<SearchedProduct> change) {}

    void product(String id, long version, UnaryOperator<SearchedProduct> step) {
        Change change = changes.computeIfAbsent(id, none -> new Change());
        change.isOfStockAlone = false;
        change.steps.add(new Step(version, step));
    }

    void stock(String id, long version, boolean isInStock) {
        Change change = changes.get(id);
        if (change == null) {
            change = new Change();
            changes.put(id, change);
        }
        change.isInStock = isInStock;
        change.steps.add(new Step(version, before -> before.stocked(isInStock, version)));
    }

    /** The product as this batch and a further change leave it. Adds nothing. */
    SearchedProduct afterwards(DirectoryReader before, String id, long version, UnaryOperator<SearchedProduct> further)
            throws IOException {
        Change change = changes.getOrDefault(id, new Change());
        return apply(List.of(new Step(version, further)), apply(change.steps, fields.find(before, id)));
    }

    private static SearchedProduct apply(List<Step> steps, SearchedProduct before) {
        SearchedProduct product = before;
        for (Step step : steps) {
            if (step.version() > (product == null ? Wait.NOTHING : product.version())) {
                product = step.change().apply(product);
            }
        }
        return product;
    }

    @Override
    public boolean write(IndexWriter writer, DirectoryReader before) throws IOException {
        for (Map.Entry<String, Change> entry : changes.entrySet()) {
            String id = entry.getKey();
            Change change = entry.getValue();
            if (change.isOfStockAlone && change.isInStock != soldOut.contains(id)) {
                continue;
            }
            SearchedProduct old = fields.find(before, id);
            SearchedProduct product = apply(change.steps, old);
            if (product != null && !product.equals(old)) {
                fields.write(writer, product);
                changed.add(product);
            }
        }
        return !changed.isEmpty();
    }

    @Override
    public void written() {
        for (SearchedProduct product : changed) {
            if (product.inStock()) {
                soldOut.remove(product.id());
            } else {
                soldOut.add(product.id());
            }
        }
        changed.forEach(product -> arrivals.arrived(SearchedProduct.PRODUCTS, product.id(), product.version()));
    }
}
