package dev.kontor.gateway.platform;

import dev.kontor.gateway.GraphQlTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.proto.Money;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.AwaitCheckoutResponse;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.Category;
import dev.kontor.proto.catalog.FacetCount;
import dev.kontor.proto.catalog.Facets;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.GetProductsResponse;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.PriceBand;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.catalog.SuggestProductsResponse;
import dev.kontor.proto.catalog.Suggestion;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.GetCustomersResponse;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.Order;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderLine;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderStatus;
import org.junit.jupiter.api.BeforeEach;

/** A GraphQL test in front of sides that answer every call of a shop. */
abstract class ScriptedShop extends GraphQlTest {

    private static final Money PRICE =
            Money.newBuilder().setAmount(250).setCurrency("EUR").build();
    static final String CUSTOMER_ID = TestAuthority.idOf("customer-1");

    private static final Written WRITTEN =
            Written.newBuilder().setId("written-1").setVersion(3).build();

    static Product product(String id) {
        return Product.newBuilder()
                .setId(id)
                .setTitle("Tea")
                .setPrice(PRICE)
                .setAvailable(9)
                .setSellerId("seller-1")
                .build();
    }

    static Customer profile(String id) {
        return Customer.newBuilder()
                .setId(id)
                .setEmail("ada@example.com")
                .setName("Ada")
                .setRole("CUSTOMER")
                .setStatus("ACTIVE")
                .setRegisteredAtMillis(1_000)
                .build();
    }

    static Order order(String id, String customer, String... products) {
        Order.Builder order = Order.newBuilder()
                .setId(id)
                .setCustomerId(customer)
                .setStatus(OrderStatus.CONFIRMED)
                .setTotal(PRICE);
        for (String product : products) {
            order.addLines(OrderLine.newBuilder()
                    .setProductId(product)
                    .setTitle("Tea")
                    .setUnitPrice(PRICE)
                    .setLineTotal(PRICE)
                    .setQuantity(1));
        }
        return order.build();
    }

    @BeforeEach
    void the_sides_answer() {
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(profile(CUSTOMER_ID))
                        .setFresh(true)
                        .build());
        sides.on(
                CustomerQueriesGrpc.getListCustomersMethod(),
                q -> ListCustomersResponse.newBuilder()
                        .addCustomers(profile(CUSTOMER_ID))
                        .build());
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(true).build());
        sides.on(
                CustomerQueriesGrpc.getGetCustomersMethod(),
                q -> GetCustomersResponse.newBuilder()
                        .addAllCustomers(q.getIdsList().stream()
                                .map(ScriptedShop::profile)
                                .toList())
                        .build());
        sides.on(
                CatalogQueriesGrpc.getGetProductMethod(),
                q -> GetProductResponse.newBuilder()
                        .setProduct(product("product-1"))
                        .setFresh(true)
                        .build());
        sides.on(
                CatalogQueriesGrpc.getGetProductsMethod(),
                q -> GetProductsResponse.newBuilder()
                        .addAllProducts(q.getIdsList().stream()
                                .filter(id -> !id.equals("gone"))
                                .map(ScriptedShop::product)
                                .toList())
                        .build());
        sides.on(
                CatalogQueriesGrpc.getSearchProductsMethod(),
                q -> SearchProductsResponse.newBuilder()
                        .addProducts(product("product-1"))
                        .addProducts(product("product-2"))
                        .setNextPageToken("more")
                        .setFacets(Facets.newBuilder()
                                .setProducts(2)
                                .setInStock(1)
                                .addCategories(
                                        FacetCount.newBuilder().setValue("c").setName("c"))
                                .addSellers(FacetCount.newBuilder().setValue("seller-1"))
                                .addPrices(PriceBand.newBuilder().setFrom(200).setBelow(500)))
                        .build());
        sides.on(
                CatalogQueriesGrpc.getSuggestProductsMethod(),
                q -> SuggestProductsResponse.newBuilder()
                        .addSuggestions(Suggestion.newBuilder().setText("Teas").setKind(Suggestion.Kind.CATEGORY))
                        .addSuggestions(Suggestion.newBuilder().setText("Tea").setKind(Suggestion.Kind.TITLE))
                        .build());
        sides.on(
                CatalogQueriesGrpc.getListCategoriesMethod(),
                q -> ListCategoriesResponse.newBuilder()
                        .addCategories(Category.newBuilder().setName("c"))
                        .build());
        sides.on(
                CartQueriesGrpc.getGetCartMethod(),
                q -> GetCartResponse.newBuilder()
                        .setFresh(true)
                        .setCart(Cart.newBuilder()
                                .setVersion(4)
                                .addItems(CartItem.newBuilder()
                                        .setProductId("product-1")
                                        .setQuantity(2))
                                .addItems(CartItem.newBuilder()
                                        .setProductId("gone")
                                        .setQuantity(1)))
                        .build());
        sides.on(
                CartQueriesGrpc.getAwaitCheckoutMethod(),
                q -> AwaitCheckoutResponse.newBuilder().setEnded(true).build());
        sides.on(
                OrderQueriesGrpc.getGetOrderMethod(),
                q -> GetOrderResponse.newBuilder()
                        .setFresh(true)
                        .setOrder(order("order-1", CUSTOMER_ID, "product-1"))
                        .build());
        sides.on(
                OrderQueriesGrpc.getListOrdersMethod(),
                q -> ListOrdersResponse.newBuilder()
                        .addOrders(order("order-1", CUSTOMER_ID, "product-1", "product-2"))
                        .build());
        sides.on(IdentityCommandsGrpc.getSignUpMethod(), q -> WRITTEN);
        sides.on(
                IdentityCommandsGrpc.getSignInMethod(),
                q -> Tokens.newBuilder().setAccessToken("a.b.c").build());
        sides.on(
                IdentityCommandsGrpc.getRefreshMethod(),
                q -> Tokens.newBuilder().setAccessToken("a.b.c").build());
        sides.on(CartCommandsGrpc.getPutCartItemMethod(), q -> WRITTEN);
        sides.on(CartCommandsGrpc.getRemoveCartItemMethod(), q -> WRITTEN);
        sides.on(CartCommandsGrpc.getClearCartMethod(), q -> WRITTEN);
        sides.on(
                CartCommandsGrpc.getCheckOutCartMethod(),
                q -> CheckOutCartResponse.newBuilder().setOrderId("order-1").build());
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> WRITTEN);
        sides.on(OrderCommandsGrpc.getCancelOrderMethod(), q -> WRITTEN);
        sides.on(OrderCommandsGrpc.getShipOrderMethod(), q -> WRITTEN);
        sides.on(OrderCommandsGrpc.getDeliverOrderMethod(), q -> WRITTEN);
        sides.on(CatalogCommandsGrpc.getListProductMethod(), q -> WRITTEN);
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> WRITTEN);
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> WRITTEN);
    }
}
