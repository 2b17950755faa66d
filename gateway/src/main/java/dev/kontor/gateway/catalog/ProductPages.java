package dev.kontor.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.proto.catalog.SearchProductsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The JSON of the first pages of all products, one for each page size. A page that has the same texts as before is the
 * same: it is neither written nor hashed again. So no page is ever old. Their memory is bounded.
 */
final class ProductPages {

    private static final long MOST_BYTES = 4L << 20;

    private final ProductTexts texts;
    private final boolean areMessagesKept;
    // As short as the texts, which contain names of sellers.
    private final Cache<Integer, Known> pages = Caffeine.newBuilder()
            .maximumWeight(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 200))
            .weigher((Integer size, Known known) -> known.json.length())
            .expireAfterWrite(Duration.ofSeconds(30))
            .executor(Runnable::run)
            .build();

    private record Known(Page<PreparedJson> page, PreparedJson json) {

        boolean isOf(Page<PreparedJson> other) {
            List<PreparedJson> texts = other.items();
            boolean isSame = texts.size() == page.items().size();
            for (int i = 0; isSame && i < texts.size(); i++) {
                isSame = texts.get(i) == page.items().get(i);
            }
            return isSame && Objects.equals(other.nextPageToken(), page.nextPageToken());
        }
    }

    /** @param areMessagesKept as for {@link ProductTexts} */
    ProductPages(ProductTexts texts, boolean areMessagesKept) {
        this.texts = texts;
        this.areMessagesKept = areMessagesKept;
    }

    /** @param size as it was asked for */
    PreparedJson of(int size, SearchProductsResponse found) {
        Page<PreparedJson> page = Page.of(found.getProductsList(), texts::of, found.getNextPageToken());
        if (!areMessagesKept) {
            return PreparedJson.of(page);
        }
        Known known = pages.getIfPresent(size);
        if (known == null || !known.isOf(page)) {
            known = new Known(page, PreparedJson.of(page));
            pages.put(size, known);
        }
        return known.json;
    }
}
