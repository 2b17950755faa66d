package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.FOURTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.audit.LetterSource;
import org.junit.jupiter.api.Test;

/** Views that are behind by dead letters, and views that are wrong. */
class LetterAuditTest {

    private final EventHistory story = ShopEvents.tell();
    private final ShopViews views = new ShopViews();
    private final int delivered = story.find("OrderDelivered", FOURTH);

    private AuditReport audit(LetterSource letters) {
        return new Audit(story, views, line -> {}).withLetters(letters).run();
    }

    /** The order as it was before its last event. */
    private void isBehind() {
        views.document("orders", FOURTH).put("status", "SHIPPED");
        views.document("orders", FOURTH).put("version", 2L);
    }

    @Test
    void a_document_whose_events_wait_as_letters_is_behind_and_not_wrong() {
        isBehind();

        AuditReport report = audit(reader -> reader.letter("orders", FOURTH, delivered));

        assertThat(report.violations()).isEmpty();
        assertThat(report.letters()).containsExactly(new AuditReport.Letters("orders", 1, 1));
        assertThat(report.isClean()).isFalse();
        assertThat(report.isOfLogOnly()).isFalse();
        assertThat(report.result()).isEqualTo("NOT CLEAN: behind by 1 dead letter, nothing is wrong");
        assertThat(report.details()).contains("orders    behind by 1 dead letters of 1 sequences");
    }

    @Test
    void the_same_document_without_letters_is_wrong() {
        isBehind();

        AuditReport report = audit(reader -> {});

        assertThat(report.violationCount()).isEqualTo(1);
        assertThat(report.result()).isEqualTo("NOT CLEAN: 1 violation");
    }

    @Test
    void letters_of_another_view_or_aggregate_explain_nothing() {
        isBehind();

        AuditReport report = audit(reader -> {
            reader.letter("carts", FOURTH, delivered);
            reader.letter("orders", "another", delivered);
            reader.letter("orders", FOURTH, delivered + 1);
        });

        assertThat(report.violationCount()).isEqualTo(1);
        assertThat(report.letterCount()).isEqualTo(3);
        assertThat(report.result()).isEqualTo("NOT CLEAN: 1 violation, behind by 3 dead letters");
    }

    @Test
    void what_a_document_shows_before_its_letters_must_be_right() {
        isBehind();
        views.document("orders", FOURTH).put("total", "another");

        AuditReport report = audit(reader -> reader.letter("orders", FOURTH, delivered));

        assertThat(report.violationCount()).isEqualTo(1);
        assertThat(report.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail()).contains("total is another"));
    }

    @Test
    void a_document_whose_first_event_waits_need_not_be_there() {
        views.remove("sessions", ShopAccounts.TABLET);

        AuditReport report = audit(reader ->
                reader.letter("sessions", ShopAccounts.TABLET, story.find("SessionOpened", ShopAccounts.TABLET)));

        assertThat(report.violations()).isEmpty();
        assertThat(report.letterCount()).isEqualTo(1);
    }

    @Test
    void letters_of_a_policy_are_reported_too() {
        AuditReport report = audit(reader -> reader.letter("place-order-saga", FOURTH, delivered));

        assertThat(report.violations()).isEmpty();
        assertThat(report.isClean()).isFalse();
        assertThat(report.result()).startsWith("NOT CLEAN: behind by 1 dead letter");
    }
}
