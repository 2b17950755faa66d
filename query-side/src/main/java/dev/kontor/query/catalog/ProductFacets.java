package dev.kontor.query.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts the products of a search by category, seller, price and stock. For one thread. */
final class ProductFacets implements Collector {

    private static final int MOST_VALUES = 20;
    /** The lowest prices of the bands: 0, then 1, 2 and 5 times each power of ten. */
    private static final long[] BANDS = bands();

    private final Map<String, Long> categories = new HashMap<>();
    private final Map<String, Long> sellers = new HashMap<>();
    private final long[] prices = new long[BANDS.length];
    private long total;
    private long inStock;

    private static long[] bands() {
        List<Long> bands = new ArrayList<>(List.of(0L));
        for (long power = 1; power <= 10_000_000_000L; power *= 10) {
            bands.addAll(List.of(power, 2 * power, 5 * power));
        }
        return bands.stream().mapToLong(Long::longValue).toArray();
    }

    static CollectorManager<ProductFacets, Facets> counting() {
        return new CollectorManager<>() {
            @Override
            public ProductFacets newCollector() {
                return new ProductFacets();
            }

            /** Searches have one thread. */
            @Override
            public Facets reduce(Collection<ProductFacets> counted) {
                return counted.iterator().next().facets();
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        SortedDocValues category = DocValues.getSorted(leaf.reader(), ProductFields.CATEGORY_KEY);
        SortedDocValues seller = DocValues.getSorted(leaf.reader(), ProductFields.SELLER);
        NumericDocValues price = DocValues.getNumeric(leaf.reader(), ProductFields.PRICE);
        NumericDocValues stock = DocValues.getNumeric(leaf.reader(), ProductFields.IN_STOCK);
        int[] inCategory = new int[category.getValueCount()];
        int[] ofSeller = new int[seller.getValueCount()];
        return new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) {
                // Scores do not matter.
            }

            @Override
            public void collect(int document) throws IOException {
                total++;
                if (category.advanceExact(document)) {
                    inCategory[category.ordValue()]++;
                }
                if (seller.advanceExact(document)) {
                    ofSeller[seller.ordValue()]++;
                }
                if (price.advanceExact(document)) {
                    prices[band(price.longValue())]++;
                }
                if (stock.advanceExact(document)) {
                    inStock += stock.longValue();
                }
            }

            @Override
            public void finish() throws IOException {
                add(category, inCategory, categories);
                add(seller, ofSeller, sellers);
            }
        };
    }

    private static void add(SortedDocValues values, int[] counts, Map<String, Long> sums) throws IOException {
        for (int ord = 0; ord < counts.length; ord++) {
            if (counts[ord] > 0) {
                sums.merge(values.lookupOrd(ord).utf8ToString(), (long) counts[ord], Long::sum);
            }
        }
    }

    private static int band(long price) {
        int place = Arrays.binarySearch(BANDS, price);
        return Math.clamp(place >= 0 ? place : -place - 2, 0, BANDS.length - 1);
    }

    private Facets facets() {
        List<Facets.Band> bands = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            if (prices[i] > 0) {
                bands.add(new Facets.Band(BANDS[i], i + 1 < BANDS.length ? BANDS[i + 1] : null, prices[i]));
            }
        }
        return new Facets(total, inStock, named(), most(sellers), bands);
    }

    /** The name of a category is the same one whichever product comes first. */
    private List<Facets.Count> named() {
        Map<String, String> names = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        new TreeMap<>(categories).forEach((value, count) -> {
            String key = value.substring(0, value.indexOf('\n'));
            names.putIfAbsent(key, value.substring(key.length() + 1));
            counts.merge(key, count, Long::sum);
        });
        Map<String, Long> byName = new HashMap<>();
        counts.forEach((key, count) -> byName.put(names.get(key), count));
        return most(byName);
    }

    private static List<Facets.Count> most(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Facets.Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Facets.Count::products).reversed().thenComparing(Facets.Count::value))
                .limit(MOST_VALUES)
                .toList();
    }
}
