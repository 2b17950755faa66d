package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.Page;
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
    @Operation(operationId = "searchProducts", summary = "Search the products that are for sale")
    Page<ProductJson> search(
            @Parameter(description = "Part of the title or description") @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") String category,
            @Parameter(description = "A customer id, or `me`") @RequestParam(defaultValue = "") String seller,
            @Parameter(description = "In minor units") @RequestParam(required = false) Long minPrice,
            @Parameter(description = "In minor units") @RequestParam(required = false) Long maxPrice,
            @Parameter(description = "`newest` (default), `price`, `-price` or `title`")
                    @RequestParam(defaultValue = "")
                    String sort,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        SearchProductsRequest.Builder wanted = SearchProductsRequest.newBuilder()
                .setSearch(search)
                .setCategory(category)
                .setSeller(seller)
                .setSort(sort)
                .setPage(Page.request(pageSize, pageToken));
        if (minPrice != null) {
            wanted.setMinPrice(minPrice);
        }
        if (maxPrice != null) {
            wanted.setMaxPrice(maxPrice);
        }
        return products.search(wanted.build());
    }

    @GetMapping("/products/{id}")
    @Operation(operationId = "getProduct", summary = "Read a product")
    ProductJson product(@PathVariable String id) {
        return products.read(id);
    }

    @GetMapping("/categories")
    @Operation(operationId = "listCategories", summary = "The categories that have products, by name")
    Page<CategoryJson> categories(
            @RequestParam(required = false) Integer pageSize, @RequestParam(required = false) String pageToken) {
        return products.categories(Page.request(pageSize, pageToken));
    }
}
