package dev.kontor.command.request;

import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.request.KeyedRequestEvent.RequestAnswered;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.request.ClaimRequestRequest;
import dev.kontor.proto.request.KeepAnswerRequest;
import dev.kontor.proto.request.KeepAnswerResponse;
import dev.kontor.proto.request.RecallRequestRequest;
import dev.kontor.proto.request.RecalledRequest;
import dev.kontor.proto.request.RequestAnswer;
import dev.kontor.testsupport.GrpcCalls;
import io.grpc.Context;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();
    private static final String FINGERPRINT = "a-fingerprint-of-a-request";
    private static final RequestAnswer ANSWER = RequestAnswer.newBuilder()
            .setStatus(201)
            .setLocation("/here")
            .setEtag("\"1:tag\"")
            .setContentType("application/json")
            .setBody(ByteString.copyFromUtf8("{\"name\":\"Jürgen\"}"))
            .build();

    @TempDir
    private Path folder;

    private final PersonalData personalData = new PersonalData(new MemoryKeyRing(), new byte[32]);
    private LoggedAggregates aggregates;
    private KeyedRequestService service;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, KeyedRequest.class);
        EmailHash hash = new EmailHash(new MemoryKeyRing(), new byte[32]);
        service = new KeyedRequestService(
                aggregates.commands(), new Effects(aggregates.commands(), hash), hash, new AnswerSeal(personalData));
        personalData.seal(BERT, PersonalData.Field.NAME, "Bert");
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private static Context as(String caller) {
        Caller verified = new Caller(caller, "ADMIN", "session", 1, Scenario.NOON.plusSeconds(900), "token");
        return KeyedCall.of("key", FINGERPRINT).in(verified.in(Context.ROOT));
    }

    private RecalledRequest claim(String caller) {
        ClaimRequestRequest request =
                ClaimRequestRequest.newBuilder().setAct("rebuild").build();
        return answerOf(as(caller), answer -> service.claimRequest(request, answer));
    }

    private RecalledRequest recall(String caller) {
        return answerOf(as(caller), answer -> service.recallRequest(RecallRequestRequest.getDefaultInstance(), answer));
    }

    private KeepAnswerResponse keep(String caller, RequestAnswer kept, CustomerId... shown) {
        KeepAnswerRequest request = KeepAnswerRequest.newBuilder()
                .setAnswer(kept)
                .addAllShownCustomerIds(
                        List.of(shown).stream().map(CustomerId::value).toList())
                .build();
        return answerOf(as(caller), answer -> service.keepAnswer(request, answer));
    }

    @Test
    void a_claim_counts_once_and_its_answer_is_kept() {
        assertThat(recall(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.UNKNOWN);
        assertThat(claim(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.UNKNOWN);
        assertThat(claim(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.EXECUTED);

        assertThat(keep(ANNA.value(), ANSWER).hasAnswer()).isFalse();

        assertThat(recall(ANNA.value()).getAnswer()).isEqualTo(ANSWER);
        assertThat(claim(ANNA.value()).getAnswer()).isEqualTo(ANSWER);
        assertThat(recall(BERT.value()).getState()).isEqualTo(RecalledRequest.State.UNKNOWN);
    }

    @Test
    void the_first_answer_counts() {
        claim(ANNA.value());
        keep(ANNA.value(), ANSWER);

        RequestAnswer another = ANSWER.toBuilder().setStatus(200).build();
        assertThat(keep(ANNA.value(), another).getAnswer()).isEqualTo(ANSWER);
    }

    @Test
    void nothing_is_kept_without_an_effect() {
        assertThat(keep(ANNA.value(), ANSWER).hasAnswer()).isFalse();

        assertThat(recall(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.UNKNOWN);
        assertThat(aggregates.store().head()).isEqualTo(-1);
    }

    @Test
    void no_part_of_an_answer_is_in_clear() {
        claim(ANNA.value());
        keep(ANNA.value(), ANSWER);

        RequestAnswered answered = (RequestAnswered) aggregates
                .eventsOf(KeyedRequestId.ofCaller(ANNA.value(), "key"))
                .getLast();
        assertThat(answered.content().ciphertext()).doesNotContain("rgen", "here", "tag");
        assertThat(answered.sealedFor()).containsExactly(ANNA);
    }

    @Test
    void after_the_erasure_of_the_caller_nothing_is_replayed() {
        claim(ANNA.value());
        keep(ANNA.value(), ANSWER);
        personalData.destroy(ANNA);

        assertInactive(ANNA.value());
    }

    @Test
    void after_the_erasure_of_a_customer_that_it_shows_nothing_is_replayed() {
        claim(ANNA.value());
        keep(ANNA.value(), ANSWER, BERT);
        assertThat(recall(ANNA.value()).getAnswer()).isEqualTo(ANSWER);
        personalData.destroy(BERT);

        assertInactive(ANNA.value());
    }

    private void assertInactive(String caller) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> recall(caller));
        assertThat(refused.problem()).isEqualTo(Problem.CUSTOMER_INACTIVE);
    }

    @Test
    void an_answer_that_shows_an_erased_customer_is_not_kept() {
        claim(ANNA.value());
        personalData.destroy(BERT);

        assertThat(keep(ANNA.value(), ANSWER, BERT).hasAnswer()).isFalse();

        assertThat(recall(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.EXECUTED);
    }

    @Test
    void a_long_answer_is_not_kept() {
        claim(ANNA.value());
        RequestAnswer tooLong = ANSWER.toBuilder()
                .setBody(ByteString.copyFrom(new byte[(128 << 10) + 1]))
                .build();

        keep(ANNA.value(), tooLong);

        assertThat(recall(ANNA.value()).getState()).isEqualTo(RecalledRequest.State.EXECUTED);
    }

    @Test
    void answers_to_the_operator_are_sealed_too() {
        claim(TokenVerifier.OPERATOR);
        keep(TokenVerifier.OPERATOR, ANSWER);

        assertThat(recall(TokenVerifier.OPERATOR).getAnswer()).isEqualTo(ANSWER);
    }

    @Test
    void without_a_key_of_a_gateway_it_is_refused() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> GrpcCalls.<RecalledRequest>answerOf(
                        Context.ROOT,
                        answer -> service.recallRequest(RecallRequestRequest.getDefaultInstance(), answer)));

        assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
    }
}
