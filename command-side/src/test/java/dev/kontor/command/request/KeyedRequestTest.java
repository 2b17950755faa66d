package dev.kontor.command.request;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.request.KeptAnswer;
import dev.kontor.api.request.KeyedRequestCommand.ExecuteRequest;
import dev.kontor.api.request.KeyedRequestCommand.KeepAnswer;
import dev.kontor.api.request.KeyedRequestCommand.RecallRequest;
import dev.kontor.api.request.KeyedRequestEvent.RequestAnswered;
import dev.kontor.api.request.KeyedRequestEvent.RequestExecuted;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.api.request.KeyedRequestState;
import dev.kontor.command.platform.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedRequestTest {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    private static final KeyedRequestId ID = KeyedRequestId.ofCaller(ANNA.value(), "a key");
    private static final KeptAnswer CREATED = new KeptAnswer(201, new Sealed("AA=="), List.of(ANNA));
    private static final RequestExecuted EXECUTED = new RequestExecuted(ID, "Act", "f", "subject", "7");
    private static final RequestAnswered ANSWERED = new RequestAnswered(ID, 201, new Sealed("AA=="), List.of(ANNA));

    private final Scenario<KeyedRequest> request = Scenario.of(KeyedRequest.class);

    private static ExecuteRequest executing(String fingerprint) {
        return new ExecuteRequest(ID, "Act", fingerprint, "subject", "7");
    }

    @Test
    void it_begins_with_its_effect() {
        request.when(executing("f")).then(EXECUTED).answering(true);
    }

    @Test
    void it_has_one_effect() {
        request.given(EXECUTED).when(executing("f")).thenRefused(new Refusal.RequestRepeated());
    }

    @Test
    void its_key_stands_for_no_other_request() {
        request.given(EXECUTED).when(executing("another")).thenRefused(new Refusal.KeyReused());
    }

    @Test
    void before_its_effect_it_is_unknown() {
        request.when(new RecallRequest(ID, "f")).thenUnknown();
    }

    @Test
    void before_its_effect_it_has_no_answer() {
        request.when(new KeepAnswer(ID, "f", CREATED)).thenUnknown();
    }

    @Test
    void it_is_recalled_without_an_answer_yet() {
        request.given(EXECUTED)
                .when(new RecallRequest(ID, "f"))
                .thenNothing()
                .answering(new KeyedRequestState("subject", "7", null));
    }

    @Test
    void it_is_recalled_with_its_answer() {
        request.given(EXECUTED, ANSWERED)
                .when(new RecallRequest(ID, "f"))
                .thenNothing()
                .answering(new KeyedRequestState("subject", "7", CREATED));
    }

    @Test
    void another_request_recalls_nothing_of_it() {
        request.given(EXECUTED, ANSWERED).when(new RecallRequest(ID, "another")).thenRefused(new Refusal.KeyReused());
    }

    @Test
    void its_first_answer_counts() {
        KeptAnswer later = new KeptAnswer(200, new Sealed("BB=="), List.of(ANNA));

        request.given(EXECUTED)
                .when(new KeepAnswer(ID, "f", CREATED))
                .then(ANSWERED)
                .answering(CREATED);
        Scenario.of(KeyedRequest.class)
                .given(EXECUTED, ANSWERED)
                .when(new KeepAnswer(ID, "f", later))
                .thenNothing()
                .answering(CREATED);
    }

    @Test
    void another_request_does_not_answer_it() {
        request.given(EXECUTED).when(new KeepAnswer(ID, "another", CREATED)).thenRefused(new Refusal.KeyReused());
    }
}
