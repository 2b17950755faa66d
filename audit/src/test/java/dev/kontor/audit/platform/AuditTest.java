package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.audit.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static AuditReport audit(EventHistory story, ShopViews views) {
        return new Audit(story, views, line -> {}).run();
    }

    @Test
    void a_shop_without_faults_is_clean() {
        AuditReport report = audit(ShopEvents.tell(), new ShopViews());

        assertThat(report.violations()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.events()).isEqualTo(ShopEvents.tell().size());
        assertThat(report.position()).isEqualTo(report.events() - 1);
        assertThat(report.checks())
                .as("every invariant was looked at")
                .hasSize(Invariant.values().length)
                .allSatisfy(check -> assertThat(check.checked()).isPositive());
        assertThat(report.text()).endsWith(report.result() + "\n");
        assertThat(report.result()).startsWith("CLEAN: ");
    }

    @Test
    void without_views_the_log_alone_is_audited_and_the_report_says_so() {
        AuditReport report = new Audit(ShopEvents.tell(), null, line -> {}).run();

        assertThat(report.isClean()).as("less than clean").isFalse();
        assertThat(report.isOfLogOnly()).isTrue();
        assertThat(report.result()).startsWith("LOG ONLY: ");
        assertThat(report.views()).isEmpty();
        assertThat(report.text()).contains("No views were audited");
    }

    /** As from before the shop's currency was an event. */
    @Test
    void a_log_without_a_fixed_currency_has_that_of_its_first_price() {
        EventHistory story = ShopEvents.tell();
        story.forget(story.find("CurrencyFixed"));

        assertThat(audit(story, null).violations()).isEmpty();
    }

    /** Such an order is rejected: nothing can be reserved for it. Its document has no sum. */
    @Test
    void an_order_of_two_currencies_is_reported_and_its_document_without_a_total_is_correct() {
        EventHistory story = ShopEvents.tell();
        story.rewrite(
                story.find("OrderPlaced", ShopEvents.SECOND),
                "\"unitPrice\":{\"amount\":300,\"currency\":\"EUR\"}",
                "\"unitPrice\":{\"amount\":300,\"currency\":\"USD\"}");
        ShopViews views = new ShopViews();
        Map<String, Object> document = views.document("orders", ShopEvents.SECOND);
        document.remove("total");
        @SuppressWarnings("unchecked") // it is made by hand
        List<Map<String, Object>> lines = (List<Map<String, Object>>) document.get("lines");
        Map<String, Object> inDollars = new HashMap<>(lines.getLast());
        inDollars.put("unitPrice", Map.of("amount", 300L, "currency", "USD"));
        document.put("lines", List.of(lines.getFirst(), inDollars));

        assertThat(audit(story, views).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.PRICES));
    }

    @Test
    void an_empty_log_is_clean() {
        assertThat(new Audit(new EventHistory(), null, line -> {}).run().violations())
                .isEmpty();
    }

    @Test
    void violations_are_reported_with_their_position_and_the_last_line_counts_them() {
        EventHistory story = ShopEvents.tell();
        int place = story.find("StockRemoved");
        story.rewrite(place, "\"available\":7", "\"available\":6");

        AuditReport report = audit(story, new ShopViews());

        assertThat(report.isClean()).isFalse();
        assertThat(report.text()).contains("I1  position " + place + ", Product " + ShopEvents.DESK);
        assertThat(report.result()).isEqualTo("NOT CLEAN: 1 violation");
    }

    @Test
    void of_very_many_violations_all_are_counted_and_the_first_are_listed() {
        EventHistory story = new EventHistory();
        for (int i = 0; i < 250; i++) {
            story.tell("Order", FIRST, "order.OrderDelivered", "{\"orderId\":\"" + FIRST + "\",\"customerId\":\"x\"}");
        }

        AuditReport report = new Audit(story, null, line -> {}).run();

        assertThat(report.violations()).hasSize(100);
        assertThat(report.violationCount()).isEqualTo(250);
        assertThat(report.text()).contains("The first 100 of 250 violations");
    }

    @Test
    void an_order_that_a_running_shop_has_left_undecided_is_found_once_the_shop_had_time() {
        EventHistory story = ShopEvents.tell();
        story.endAfter(story.find("OrderPlaced", FIRST));

        assertThat(new Audit(story, null, line -> {})
                        .running(EventHistory.BEGIN.plusSeconds(3_600), Duration.ofSeconds(10))
                        .run()
                        .violations())
                .as("ten seconds after its start it cannot have done it")
                .isEmpty();
        AuditReport late = new Audit(story, null, line -> {})
                .running(EventHistory.BEGIN.plusSeconds(3_600), Duration.ofSeconds(600))
                .run();
        assertThat(late.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.DECISIONS));
    }

    @Test
    void equal_documents_give_equal_digests_whatever_their_order_and_others_do_not() {
        ShopViews views = new ShopViews();
        ShopViews reordered = new ShopViews();
        reordered.put("orders", removed(reordered, FIRST));
        ShopViews other = new ShopViews();
        other.document("orders", FIRST).put("status", "SHIPPED");

        assertThat(digests(reordered)).isEqualTo(digests(views));
        assertThat(digests(other)).isNotEqualTo(digests(views));
    }

    private static Map<String, Object> removed(ShopViews views, String order) {
        Map<String, Object> document = views.document("orders", order);
        views.remove("orders", order);
        return document;
    }

    private static List<String> digests(ShopViews views) {
        List<String> digests = new ArrayList<>();
        audit(ShopEvents.tell(), views).views().forEach(view -> digests.add(view.digest()));
        return digests;
    }
}
