package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.BatchLoads;
import dev.kontor.gateway.platform.Connection;
import dev.kontor.gateway.platform.GraphQlCall;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.JoinBudget;
import dev.kontor.gateway.platform.Page;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.catalog.SearchProductsRequest;
import graphql.GraphQLContext;
import java.util.Map;
import java.util.Set;
import org.dataloader.BatchLoaderEnvironment;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Products in GraphQL. */
@Lazy
@Controller
class CatalogGraphQl implements BatchLoads {

    private final ProductOperations products;

    CatalogGraphQl(ProductOperations products) {
        this.products = products;
    }

    /** How GraphQL names the orders of a list of products. */
    enum ProductSort {
        NEWEST("newest"),
        PRICE("price"),
        PRICE_DESCENDING("-price"),
        TITLE("title");

        private final String parameter;

        ProductSort(String parameter) {
            this.parameter = parameter;
        }
    }

    @QueryMapping
    ProductJson product(@Argument String id) {
        return products.read(id);
    }

    @QueryMapping
    Connection<ProductJson> products(
            @Argument String search,
            @Argument String category,
            @Argument String seller,
            @Argument Long minPrice,
            @Argument Long maxPrice,
            @Argument ProductSort sort,
            @Argument Integer first,
            @Argument String after) {
        SearchProductsRequest.Builder wanted = SearchProductsRequest.newBuilder()
                .setSearch(search == null ? "" : search)
                .setCategory(category == null ? "" : category)
                .setSeller(seller == null ? "" : seller)
                .setSort(sort == null ? "" : sort.parameter)
                .setPage(Page.first(first, after));
        if (minPrice != null) {
            wanted.setMinPrice(minPrice);
        }
        if (maxPrice != null) {
            wanted.setMaxPrice(maxPrice);
        }
        return Connection.of(products.search(wanted.build()).page(), after);
    }

    @QueryMapping
    Connection<CategoryJson> categories(@Argument Integer first, @Argument String after) {
        return Connection.of(products.categories(Page.first(first, after)), after);
    }

    @MutationMapping
    ProductPayload createProduct(@Argument NewProduct input, @ContextValue GraphQlCall call) {
        return ProductPayload.of(products.list(input, call.preference()));
    }

    @MutationMapping
    ProductPayload changeProduct(@Argument String id, @Argument ProductChange input, @ContextValue GraphQlCall call) {
        return ProductPayload.of(products.change(id, input, IfMatch.NONE, call.preference()));
    }

    @MutationMapping
    ProductPayload addStock(@Argument String productId, @Argument Long quantity, @ContextValue GraphQlCall call) {
        return changeStock(productId, positive(quantity), call);
    }

    @MutationMapping
    ProductPayload removeStock(@Argument String productId, @Argument Long quantity, @ContextValue GraphQlCall call) {
        return changeStock(productId, -positive(quantity), call);
    }

    private ProductPayload changeStock(String productId, long change, GraphQlCall call) {
        return ProductPayload.of(
                products.changeStock(productId, new StockChangeJson(change), IfMatch.NONE, call.preference()));
    }

    private static long positive(long quantity) {
        if (quantity < 1) {
            throw RefusedException.invalid("quantity", "must be at least 1");
        }
        return quantity;
    }

    @Override
    public void register(BatchLoaderRegistry registry) {
        registry.forTypePair(String.class, ProductJson.class)
                .withOptions(options -> options.setMaxBatchSize(JoinBudget.LARGEST_BATCH))
                .registerMappedBatchLoader((ids, batch) -> Mono.fromCallable(() -> byId(ids, batch)));
    }

    private Map<String, ProductJson> byId(Set<String> ids, BatchLoaderEnvironment batch) {
        batch.<GraphQLContext>getContext().<JoinBudget>get(JoinBudget.class).take(ids.size());
        return products.byId(ids);
    }
}
