package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.CatalogCaching;
import dev.kontor.gateway.platform.ConditionalRead;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.gateway.platform.PublicRead;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.SideTargets;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc.CatalogQueriesBlockingStub;
import dev.kontor.proto.catalog.GetProductRequest;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import io.grpc.Channel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * The most frequent reads: one product, and the first page of all. They answer as {@link BrowseController}, from JSON
 * that is already there.
 */
@Component
class ProductReads implements PublicRead {

    private static final String PRODUCTS = "/api/v1/catalog/products";
    private static final String PRODUCT = PRODUCTS + "/";
    private static final String PAGE_SIZE = "pageSize=";

    private final CatalogQueriesBlockingStub queries;
    private final ProductTexts texts;
    private final ProductPages pages;
    private final String caching;

    ProductReads(@QuerySideChannel Channel querySide, SideTargets targets, CatalogCaching caching) {
        this.queries = CatalogQueriesGrpc.newBlockingStub(querySide);
        boolean areMessagesKept = targets.isQuerySideInProcess();
        this.texts = new ProductTexts(areMessagesKept);
        this.pages = new ProductPages(texts, areMessagesKept);
        this.caching = caching.rule();
    }

    @Override
    public boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        if (!path.startsWith(PRODUCTS) || request.getHeader(HttpHeaders.IF_MATCH) != null) {
            return false;
        }
        if (path.length() == PRODUCTS.length()) {
            int size = query == null ? 0 : sizeIn(query);
            if (size < 0) {
                return false;
            }
            observe(request, PRODUCTS);
            page(size, request, response);
            return true;
        }
        if (query != null || !path.startsWith(PRODUCT) || !isPlain(path, PRODUCT.length())) {
            return false;
        }
        observe(request, PRODUCT + "{id}");
        product(path.substring(PRODUCT.length()), request, response);
        return true;
    }

    private void product(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        GetProductRequest wanted =
                GetProductRequest.newBuilder().setProductId(id).build();
        answer(texts.of(queries.getProduct(wanted).getProduct()), request, response);
    }

    private void answer(PreparedJson json, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!ConditionalRead.isNotModified(request, response, json.entityTag(), caching)) {
            PreparedJson.answer(response, json);
        }
    }

    /** @param size 0 for the default */
    private void page(int size, HttpServletRequest request, HttpServletResponse response) throws IOException {
        SearchProductsResponse found = queries.searchProducts(SearchProductsRequest.newBuilder()
                .setPage(Page.request(size == 0 ? null : size, null))
                .build());
        answer(pages.of(size, found), request, response);
    }

    /** Whether only lower-case letters, digits and hyphens are behind this place, which are never encoded. */
    private static boolean isPlain(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return text.length() > from;
    }

    /** The page size, if it is all that the query has and one or two digits; else -1. */
    private static int sizeIn(String query) {
        int digits = query.length() - PAGE_SIZE.length();
        if (digits < 1 || digits > 2 || !query.startsWith(PAGE_SIZE)) {
            return -1;
        }
        int size = 0;
        for (int i = PAGE_SIZE.length(); i < query.length(); i++) {
            int digit = query.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            size = 10 * size + digit;
        }
        return size == 0 ? -1 : size;
    }

    /** Measurements are by the path's pattern, as those of the controllers. */
    private static void observe(HttpServletRequest request, String pattern) {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observed -> observed.setPathPattern(pattern));
    }
}
