package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PublicList;
import dev.kontor.proto.catalog.SearchProductsRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The public reads of the catalog. */
@RestController
@RequestMapping("/api/v1/catalog")
@Tag(name = "catalog")
class BrowseController {

    private final ProductOperations products;

    BrowseController(ProductOperations products) {
        this.products = products;
    }

    @GetMapping("/products")
    @PublicList(ownBy = "seller")
    @Operation(operationId = "searchProducts", summary = "Search the products that are for sale")
    ProductPage search(
            @Parameter(
                            description = "Words of title, category or description, in any order; the last one may be "
                                    + "incomplete, and typing errors are allowed where few products match")
                    @RequestParam(defaultValue = "")
                    String search,
            @RequestParam(defaultValue = "") String category,
            @Parameter(description = "A customer id, or `me`") @RequestParam(defaultValue = "") String seller,
            @Parameter(description = "In minor units") @RequestParam(required = false) Long minPrice,
            @Parameter(description = "In minor units") @RequestParam(required = false) Long maxPrice,
            @Parameter(description = "Whether any unit can be ordered; both if absent") @RequestParam(required = false)
                    Boolean inStock,
            @Parameter(description = "Whether to count what is found by category, seller, price and stock")
                    @RequestParam(defaultValue = "false")
                    boolean facets,
            @Parameter(
                            description = "`relevance` (default of a search), `newest` (default otherwise), `price`, "
                                    + "`-price` or `title`")
                    @RequestParam(defaultValue = "")
                    String sort,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        SearchProductsRequest.Builder wanted = SearchProductsRequest.newBuilder()
                .setSearch(search)
                .setCategory(category)
                .setSeller(seller)
                .setSort(sort)
                .setFacets(facets)
                .setPage(Page.request(pageSize, pageToken));
        if (minPrice != null) {
            wanted.setMinPrice(minPrice);
        }
        if (maxPrice != null) {
            wanted.setMaxPrice(maxPrice);
        }
        if (inStock != null) {
            wanted.setInStock(inStock);
        }
        return products.search(wanted.build());
    }

    @GetMapping("/suggestions")
    @PublicList
    @Operation(operationId = "suggestProducts", summary = "Titles and categories for what is typed so far")
    SuggestionsJson suggestions(
            @Parameter(description = "What is typed so far") @RequestParam(defaultValue = "") String q,
            @Parameter(description = "How many at most, 1 to 20") @RequestParam(defaultValue = "8") int size) {
        return products.suggest(q, size);
    }

    @GetMapping("/products/{id}")
    @Operation(operationId = "getProduct", summary = "Read a product")
    ProductJson product(@PathVariable String id) {
        return products.read(id);
    }

    @GetMapping("/categories")
    @PublicList
    @Operation(operationId = "listCategories", summary = "The categories that have products, by name")
    Page<CategoryJson> categories(
            @RequestParam(required = false) Integer pageSize, @RequestParam(required = false) String pageToken) {
        return products.categories(Page.request(pageSize, pageToken));
    }
}
