package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.ANNA;
import static dev.kontor.audit.platform.ShopEvents.BERT;
import static dev.kontor.audit.platform.ShopEvents.FIRST;
import static dev.kontor.audit.platform.ShopEvents.FOURTH;
import static dev.kontor.audit.platform.ShopEvents.LAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.audit.Findings.Violation;
import dev.kontor.audit.Invariant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The views of the clean history with one violation in them. */
class ViewViolationsTest {

    private final EventHistory story = ShopEvents.tell();
    private final ShopViews views = new ShopViews();

    private List<Violation> audit() {
        return new Audit(story, views, line -> {}).run().violations();
    }

    private static Arguments with(String name, String subject, String detail, Consumer<ShopViews> wrong) {
        return arguments(named(name, wrong), subject, detail);
    }

    static Stream<Arguments> violations() {
        EventHistory story = ShopEvents.tell();
        int shipped = story.find("OrderDelivered", FOURTH);
        return Stream.of(
                with(
                        "a value edited by hand",
                        "orders " + FOURTH,
                        "status is SHIPPED, must be DELIVERED (event at position %d)".formatted(shipped),
                        views -> views.document("orders", FOURTH).put("status", "SHIPPED")),
                with(
                        "a value of another type",
                        "catalog " + LAMP,
                        "stock is {available=16 (Integer), reserved=3}, must be {available=16, reserved=3}",
                        views -> views.document("catalog", LAMP).put("stock", Map.of("available", 16, "reserved", 3L))),
                with(
                        "a value too many",
                        "customers " + BERT,
                        "name is sealed-name, must be absent",
                        views -> views.document("customers", BERT).put("name", "sealed-name")),
                with(
                        "a value too few",
                        "customers " + ANNA,
                        "role is absent, must be ADMIN",
                        views -> views.document("customers", ANNA).remove("role")),
                with(
                        "an account that was opened again and stays closed",
                        "customers " + BERT,
                        "shows version 2, but must show version 4",
                        views -> views.document("customers", BERT)
                                .putAll(Map.of("status", "DEACTIVATED", "version", 2L))),
                with(
                        "a device of a session that was revoked",
                        "sessions " + ShopAccounts.PHONE,
                        "device is sealed-52, must be absent",
                        views -> views.document("sessions", ShopAccounts.PHONE).put("device", "sealed-52")),
                with(
                        "a session that is open after all",
                        "sessions " + ShopAccounts.PHONE,
                        "open is true, must be false",
                        views -> views.document("sessions", ShopAccounts.PHONE).put("open", true)),
                with(
                        "a refresh that does not show",
                        "sessions " + ShopAccounts.DESKTOP,
                        "expiresAt is 7, must be",
                        views ->
                                views.document("sessions", ShopAccounts.DESKTOP).put("expiresAt", 7L)),
                with(
                        "a session that is missing",
                        "sessions " + ShopAccounts.TABLET,
                        "is missing: the event at position",
                        views -> views.remove("sessions", ShopAccounts.TABLET)),
                with(
                        "a proof that counts no more",
                        "proofs " + ANNA,
                        "proof is 1, must be 2",
                        views -> views.document("proofs", ANNA).put("proof", 1L)),
                with(
                        "a proof at a version that only a sign-in has",
                        "proofs " + ANNA,
                        "shows version 6, but the log ends with version 5",
                        views -> views.document("proofs", ANNA).put("version", 6L)),
                with(
                        "an item in a cart that was emptied",
                        "carts " + ANNA,
                        "items is {" + LAMP + "=1}, must be {}",
                        views -> views.document("carts", ANNA).put("items", Map.of(LAMP, 1L))),
                with("a document removed", "orders " + FIRST, "is missing: the event at position", views -> {
                    views.remove("orders", FIRST);
                }),
                with("a document added", "orders " + ShopEvents.id("ee"), "is not in the log at all", views -> {
                    Map<String, Object> copy = new HashMap<>(views.document("orders", FIRST));
                    copy.put("_id", ShopEvents.id("ee"));
                    views.put("orders", copy);
                }),
                with("a document with an impossible id", "orders so-so", "is not in the log at all", views -> {
                    views.put("orders", new HashMap<>(Map.of("_id", "so-so", "version", 3L)));
                }),
                with(
                        "a version of the future",
                        "orders " + FIRST,
                        "shows version 9, but the log ends with version 1",
                        views -> views.document("orders", FIRST).put("version", 9L)),
                with(
                        "no version",
                        "orders " + FIRST,
                        "has no version",
                        views -> views.document("orders", FIRST).remove("version")),
                with(
                        "a document that stayed behind",
                        "orders " + FOURTH,
                        "shows version 2, but must show version 3 (event at position %d)".formatted(shipped),
                        views -> views.document("orders", FOURTH).putAll(Map.of("status", "SHIPPED", "version", 2L))),
                with(
                        "a token put forward",
                        "view orders",
                        "but it ends at " + story.head(),
                        views -> views.position("orders", story.head() + 1)),
                with(
                        "an order that is listed for another seller",
                        "orders " + FIRST,
                        "sellers is [%s], must be [%s]".formatted(ANNA, BERT),
                        views -> views.document("orders", FIRST).put("sellers", List.of(ANNA))),
                with(
                        "a view that is gone",
                        "view orders",
                        "is missing, but others exist",
                        views -> views.forget("orders")));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void one_thing_wrong_is_found_and_named(Consumer<ShopViews> wrong, String subject, String detail) {
        wrong.accept(views);

        assertThat(audit()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.VIEWS);
            assertThat(violation.subject()).isEqualTo(subject);
            assertThat(violation.detail()).contains(detail);
        });
    }

    @Test
    void documents_may_be_ahead_of_the_token_as_far_as_the_log_goes() {
        for (long position = -1; position <= story.head(); position++) {
            for (String view : List.of("catalog", "carts", "orders", "customers", "sessions")) {
                views.position(view, position);
            }

            assertThat(audit()).as("token at " + position).isEmpty();
        }
    }

    @Test
    void documents_may_be_as_old_as_the_token_and_no_older() {
        views.document("orders", FOURTH).putAll(Map.of("status", "SHIPPED", "version", 2L));

        views.position("orders", story.find("OrderDelivered", FOURTH) - 1);
        assertThat(audit()).isEmpty();

        views.position("orders", story.find("OrderDelivered", FOURTH));
        assertThat(audit()).isNotEmpty();
    }

    @Test
    void a_document_at_an_older_version_is_compared_with_that_version() {
        views.document("orders", FOURTH).putAll(Map.of("status", "CONFIRMED", "version", 2L));
        views.position("orders", 0);

        assertThat(audit())
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.detail()).startsWith("status is CONFIRMED, must be SHIPPED"));
    }

    @Test
    void an_empty_sub_document_counts_as_absent() {
        views.document("carts", ANNA).remove("items");

        assertThat(audit()).isEmpty();
    }

    @Test
    void views_that_were_never_built_are_not_audited() {
        AuditReport report = new Audit(story, new ShopViews().unbuilt(), line -> {}).run();

        assertThat(report.violationCount()).isZero();
        assertThat(report.isOfLogOnly()).isTrue();
        assertThat(report.isClean()).isFalse();
        assertThat(report.views()).isEmpty();
    }

    @Test
    void of_very_many_wrong_documents_the_first_are_named_and_all_counted() {
        for (int i = 0; i < 300; i++) {
            views.put("orders", new HashMap<>(Map.of("_id", "wrong-" + i, "version", 0L)));
        }

        AuditReport report = new Audit(story, views, line -> {}).run();

        assertThat(report.violationCount()).isEqualTo(300);
        assertThat(report.violations())
                .hasSize(100)
                .allSatisfy(violation -> assertThat(violation.subject()).startsWith("orders wrong-"));
    }
}
