package dev.kontor.gateway.customer;

import dev.kontor.gateway.identity.AdminCheck;
import dev.kontor.gateway.order.OrderJson;
import dev.kontor.gateway.platform.BatchLoads;
import dev.kontor.gateway.platform.Connection;
import dev.kontor.gateway.platform.JoinBudget;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.grpc.identity.Caller;
import graphql.GraphQLContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Customers in GraphQL. */
@Lazy
@Controller
class CustomerGraphQl implements BatchLoads {

    private static final String SELF = "";

    private final Customers customers;
    private final AdminCheck admins;

    CustomerGraphQl(Customers customers, AdminCheck admins) {
        this.customers = customers;
        this.admins = admins;
    }

    @QueryMapping
    CustomerJson me() {
        Caller.required();
        return customers.read(SELF);
    }

    @QueryMapping
    CustomerJson customer(@Argument String id) {
        admins.pass();
        return customers.read(id);
    }

    @QueryMapping
    Connection<CustomerJson> customers(@Argument String search, @Argument Integer first, @Argument String after) {
        admins.pass();
        return Connection.of(customers.find(search == null ? "" : search, Page.first(first, after)), after);
    }

    @SchemaMapping(typeName = "Customer")
    String etag(CustomerJson shown) {
        return PreparedJson.of(shown).entityTag();
    }

    @SchemaMapping(typeName = "Order")
    CompletableFuture<CustomerJson> customer(OrderJson order, DataLoader<String, CustomerJson> profiles) {
        return profiles.load(order.customerId());
    }

    @Override
    public void register(BatchLoaderRegistry registry) {
        registry.forTypePair(String.class, CustomerJson.class)
                .withOptions(options -> options.setMaxBatchSize(JoinBudget.LARGEST_BATCH))
                .registerMappedBatchLoader((ids, batch) -> Mono.fromCallable(() -> byId(ids, batch)));
    }

    /** Callers that are no admins may read their own profile only, also where they are the sellers of an order. */
    private Map<String, CustomerJson> byId(Set<String> ids, BatchLoaderEnvironment batch) {
        batch.<GraphQLContext>getContext().<JoinBudget>get(JoinBudget.class).take(ids.size());
        Caller caller = Caller.required();
        if (caller.isAdmin()) {
            return customers.byId(ids);
        }
        return ids.contains(caller.customerId()) ? Map.of(caller.customerId(), customers.read(SELF)) : Map.of();
    }
}
