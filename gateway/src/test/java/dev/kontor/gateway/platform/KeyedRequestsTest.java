package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.GetProductResponse;
import dev.kontor.proto.catalog.Product;
import dev.kontor.proto.operations.BeginActResponse;
import dev.kontor.proto.operations.EndActResponse;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.request.KeepAnswerRequest;
import dev.kontor.proto.request.KeepAnswerResponse;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import dev.kontor.proto.request.RecalledRequest;
import dev.kontor.proto.request.RequestAnswer;
import dev.kontor.testsupport.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyedRequestsTest extends GatewayTest {

    private static final String PRODUCTS = "/api/v1/catalog/products";
    private static final String STOCK = PRODUCTS + "/product-1/stock";
    private static final String ONE = "{\"change\":1}";
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final RequestAnswer EARLIER = RequestAnswer.newBuilder()
            .setStatus(200)
            .setEtag("\"1.2:0123456789abcdef\"")
            .setContentType("application/json")
            .setBody(ByteString.copyFromUtf8("{\"id\":\"as it was\"}"))
            .build();

    private final AtomicReference<KeyedCall> told = new AtomicReference<>();

    private void stockChanges(Outcome outcome, boolean isVisible) {
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> {
            told.set(KeyedCall.current().orElse(null));
            KeyedCall.current().ifPresent(call -> call.ends(outcome));
            return Written.newBuilder().setId("product-1").setVersion(3).build();
        });
        sides.on(
                CatalogQueriesGrpc.getGetProductMethod(),
                q -> GetProductResponse.newBuilder()
                        .setFresh(isVisible)
                        .setProduct(Product.newBuilder().setId("product-1").setSellerId("seller-1"))
                        .build());
    }

    private Answer change(String... headers) {
        return sendJsonAs(CUSTOMER, "POST", STOCK, ONE, headers);
    }

    private KeepAnswerRequest kept() {
        return (KeepAnswerRequest)
                sides.received(KeyedRequestsGrpc.getKeepAnswerMethod()).request();
    }

    private int keptAnswers() {
        return sides.count(KeyedRequestsGrpc.getKeepAnswerMethod());
    }

    @Test
    void without_a_key_no_further_call_is_made() {
        stockChanges(Outcome.NONE, true);

        change().hasStatus(200).hasNoHeader(REPLAYED);

        assertThat(told.get()).isNull();
        assertThat(sides.calls()).isEqualTo(2);
    }

    @Test
    void the_first_answer_is_kept_before_it_is_sent() {
        stockChanges(Outcome.EXECUTED, true);

        Answer answer = change(KEY, "a-key").hasStatus(200).hasNoHeader(REPLAYED);

        assertThat(told.get().key()).isEqualTo("a-key");
        assertThat(told.get().operation()).isEqualTo("CatalogCommands/ChangeStock");
        assertThat(kept().getAnswer().getBody().toStringUtf8()).isEqualTo(answer.body());
        assertThat(kept().getAnswer().getEtag()).isEqualTo(answer.header("ETag"));
        assertThat(kept().getShownCustomerIdsList()).containsExactly("seller-1");
    }

    @Test
    void an_answer_that_was_kept_is_given_again_and_nothing_else_is_called() {
        sides.on(
                KeyedRequestsGrpc.getRecallRequestMethod(),
                q -> RecalledRequest.newBuilder()
                        .setState(RecalledRequest.State.ANSWERED)
                        .setAnswer(EARLIER)
                        .build());

        Answer answer = change(KEY, "a-key").hasStatus(200);

        assertThat(answer.body()).isEqualTo("{\"id\":\"as it was\"}");
        assertThat(answer.header("ETag")).isEqualTo(EARLIER.getEtag());
        assertThat(answer.header(REPLAYED)).isEqualTo("true");
        assertThat(sides.calls()).isEqualTo(1);
    }

    @Test
    void of_two_answers_at_a_time_the_kept_one_is_sent() {
        stockChanges(Outcome.REPEATED, true);
        sides.on(
                KeyedRequestsGrpc.getKeepAnswerMethod(),
                q -> KeepAnswerResponse.newBuilder().setAnswer(EARLIER).build());

        Answer answer = change(KEY, "a-key").hasStatus(200);

        assertThat(answer.body()).isEqualTo("{\"id\":\"as it was\"}");
        assertThat(answer.header("ETag")).isEqualTo(EARLIER.getEtag());
        assertThat(answer.header(REPLAYED)).isEqualTo("true");
    }

    @Test
    void what_is_not_final_or_has_no_effect_is_not_kept() {
        stockChanges(Outcome.EXECUTED, false);
        change(KEY, "a-key").hasStatus(202);
        assertThat(keptAnswers()).isZero();

        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> {
            throw new RefusedException(Problem.INSUFFICIENT_STOCK, Problem.INSUFFICIENT_STOCK.title());
        });
        change(KEY, "a-key").satisfies(problem(Problem.INSUFFICIENT_STOCK));
        assertThat(keptAnswers()).isZero();
    }

    @Test
    void an_answer_that_cannot_be_kept_is_not_given() {
        stockChanges(Outcome.REPEATED, true);
        sides.on(KeyedRequestsGrpc.getKeepAnswerMethod(), q -> {
            throw new RefusedException(Problem.STORAGE_FULL, Problem.STORAGE_FULL.title());
        });

        Answer refused = change(KEY, "a-key")
                .satisfies(problem(Problem.STORAGE_FULL))
                .hasNoHeader("ETag")
                .hasNoHeader(REPLAYED);

        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void the_fingerprint_is_of_the_request_and_not_of_the_wait() {
        stockChanges(Outcome.EXECUTED, true);
        change(KEY, "a-key");
        String first = told.get().fingerprint();

        change(KEY, "a-key", "Prefer", "wait=1");
        assertThat(told.get().fingerprint()).isEqualTo(first);
        change(KEY, "a-key", "If-Match", "*");
        assertThat(told.get().fingerprint()).isNotEqualTo(first);
        sendJsonAs(CUSTOMER, "POST", STOCK, "{\"change\":2}", KEY, "a-key");
        assertThat(told.get().fingerprint()).isNotEqualTo(first);
        sendJsonAs(CUSTOMER, "POST", PRODUCTS + "/product-2/stock", ONE, KEY, "a-key");
        assertThat(told.get().fingerprint()).isNotEqualTo(first);
    }

    @Test
    void an_act_without_events_is_claimed_and_its_202_is_final() {
        AtomicInteger rebuilds = new AtomicInteger();
        sides.on(KeyedRequestsGrpc.getClaimRequestMethod(), q -> {
            KeyedCall.current().orElseThrow().ends(Outcome.EXECUTED);
            return RecalledRequest.getDefaultInstance();
        });
        sides.on(OperatorCommandsGrpc.getBeginActMethod(), q -> BeginActResponse.getDefaultInstance());
        sides.on(OperatorCommandsGrpc.getEndActMethod(), q -> EndActResponse.getDefaultInstance());
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), (RebuildViewRequest q) -> {
            rebuilds.incrementAndGet();
            return View.newBuilder().setName(q.getName()).build();
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/carts/rebuild", KEY, "a-key").hasStatus(202);

        assertThat(rebuilds).hasValue(1);
        assertThat(kept().getAnswer().getStatus()).isEqualTo(202);
    }

    @Test
    void a_repeat_of_an_act_waits_for_the_answer_of_the_first() {
        sides.on(
                KeyedRequestsGrpc.getClaimRequestMethod(),
                q -> RecalledRequest.newBuilder()
                        .setState(RecalledRequest.State.EXECUTED)
                        .build());
        AtomicInteger asked = new AtomicInteger();
        sides.on(
                KeyedRequestsGrpc.getRecallRequestMethod(),
                q -> asked.incrementAndGet() < 3
                        ? RecalledRequest.newBuilder()
                                .setState(RecalledRequest.State.EXECUTED)
                                .build()
                        : RecalledRequest.newBuilder()
                                .setState(RecalledRequest.State.ANSWERED)
                                .setAnswer(EARLIER)
                                .build());

        Answer answer = sendAs(ADMIN, "POST", "/api/v1/admin/views/carts/rebuild", KEY, "a-key")
                .hasStatus(200);

        assertThat(answer.header(REPLAYED)).isEqualTo("true");
        assertThat(sides.count(ViewOperationsGrpc.getRebuildViewMethod())).isZero();
        assertThat(sides.count(OperatorCommandsGrpc.getBeginActMethod())).isZero();
    }
}
