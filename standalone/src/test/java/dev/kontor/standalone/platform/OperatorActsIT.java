package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each act of an operator is in the log: who did it, and to what. */
@OnSharedKontor
class OperatorActsIT {

    private final Shop shop;
    private final Client admin;
    private final Path data;

    OperatorActsIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.admin = shop.admin().client();
        this.data = kontor.data();
    }

    private List<JsonNode> events(String query) {
        return admin.get("/api/v1/admin/events?pageSize=100&" + query)
                .hasStatus(200)
                .items();
    }

    /** Types of events, in the order of the log. */
    private List<String> byAdmin(String aggregate) {
        return byAdmin(events("first=OLDEST&aggregate=" + aggregate).stream());
    }

    private List<String> byAdmin(Stream<JsonNode> events) {
        return events.filter(event ->
                        event.at("/actor").asString("").equals(shop.admin().id()))
                .map(event -> event.at("/type").asString())
                .toList();
    }

    private void rebuild(Object... arguments) {
        ToolProcess.run(Stream.of(Stream.of("rebuild", "carts"), Stream.of(arguments), Stream.of("--data", data))
                .flatMap(part -> part)
                .toArray());
    }

    private long generation(String pointer) {
        return admin.get("/api/v1/admin/views").hasStatus(200).items().stream()
                .filter(view -> view.at("/name").asString().equals("carts"))
                .mapToLong(view -> view.at(pointer).asLong())
                .sum();
    }

    @Test
    void the_acts_of_the_tool_are_in_the_log_with_reasons_and_outcomes() {
        long before = generation("/generation");
        rebuild("--switch", "ask", "--reason", "It shows too little & too late");
        long built = generation("/other/generation");
        rebuild("--use", "--reason", "It is built");
        rebuild("--drop");

        List<String> acts = events("aggregate=operators").stream()
                .limit(6)
                .map(event -> event.at("/payload"))
                .map(act -> act.has("outcome")
                        ? act.at("/outcome").asString()
                        : "%s %s %s: %s"
                                .formatted(
                                        act.at("/actor").asString(),
                                        act.at("/act").asString(),
                                        act.at("/subject").asString(),
                                        act.at("/reason").asString()))
                .toList();
        assertThat(acts.reversed())
                .containsExactly(
                        "operator rebuild carts: It shows too little & too late",
                        "done",
                        "operator switch carts/%d: It is built".formatted(built),
                        "done",
                        "operator drop carts/%d: ".formatted(before),
                        "done");
    }

    @Test
    void an_act_on_an_account_is_an_event_that_names_the_admin() {
        Customer one = shop.signedInCustomer();
        String account = "/api/v1/customers/" + one.id();
        String session = admin.get(account + "/sessions").hasStatus(200).at("/items/0/id");

        admin.delete(account + "/sessions/" + session).hasStatus(204);
        admin.delete(account + "/sessions").hasStatus(204);
        admin.post(account + "/unlock").hasStatus(204);
        admin.sendJson("PUT", account + "/role", Map.of("role", "ADMIN")).hasStatus(200);
        admin.sendJson("PUT", account + "/role", Map.of("role", "CUSTOMER")).hasStatus(200);
        admin.sendJson("PATCH", account, Map.of("status", "DEACTIVATED")).hasStatus(200);
        admin.sendJson("PATCH", account, Map.of("status", "ACTIVE")).hasStatus(200);
        admin.delete(account).hasStatus(204);

        assertThat(byAdmin(session)).containsExactly("identity.SessionRevoked");
        assertThat(byAdmin("credentials-" + one.id()))
                .startsWith("identity.TokensRevoked", "identity.CredentialsUnlocked");
        assertThat(byAdmin(one.id()))
                .containsExactly(
                        "customer.RoleGranted",
                        "customer.RoleGranted",
                        "customer.CustomerDeactivated",
                        "customer.CustomerReactivated",
                        "customer.CustomerErased");
        assertThat(byAdmin(events("aggregate=admins").stream().limit(2)))
                .containsExactly("identity.AdminDismissed", "identity.AdminAppointed");
    }

    @Test
    void an_act_on_a_signing_key_is_an_event_that_names_the_admin() {
        String key = admin.post("/api/v1/admin/signing-keys").hasStatus(201).at("/kid");
        admin.delete("/api/v1/admin/signing-keys/" + key).hasStatus(204);

        assertThat(byAdmin(events("aggregate=signing-keys").stream().limit(2)))
                .containsExactly("identity.SigningKeyRevoked", "identity.SigningKeyAdded");
        assertThat(events("aggregate=signing-keys&first=OLDEST").getFirst().has("actor"))
                .as("the first key is Kontor's own act")
                .isFalse();
    }

    @Test
    void an_act_on_an_order_is_an_event_that_names_the_admin() {
        String order = shop.signedInCustomer()
                .orders(shop.listedProduct(10).times(1))
                .hasStatus(201)
                .at("/id");

        shop.admin().ships(order).hasStatus(200);
        shop.admin().delivers(order).hasStatus(200);

        assertThat(byAdmin(order)).containsExactly("order.OrderShipped", "order.OrderDelivered");

        String cancelled = shop.signedInCustomer()
                .orders(shop.listedProduct(10).times(1))
                .hasStatus(201)
                .at("/id");
        shop.admin().cancels(cancelled).hasStatus(200);
        assertThat(byAdmin(cancelled)).startsWith("order.OrderCancelled");
        assertThat(events("type=order.OrderCancelled&aggregate=" + cancelled)
                        .getFirst()
                        .at("/payload/cancelledBy")
                        .asString())
                .isEqualTo("SHOP");
    }
}
