package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.BeginActRequest;
import dev.kontor.proto.operations.BeginActResponse;
import dev.kontor.proto.operations.ChangeViewRequest;
import dev.kontor.proto.operations.DropGenerationRequest;
import dev.kontor.proto.operations.EndActRequest;
import dev.kontor.proto.operations.EndActResponse;
import dev.kontor.proto.operations.GenerationComparison;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.OtherGeneration;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest extends GatewayTest {

    @BeforeEach
    void acts_are_recorded() {
        sides.on(
                OperatorCommandsGrpc.getBeginActMethod(),
                q -> BeginActResponse.newBuilder().setSequence(7).build());
        sides.on(OperatorCommandsGrpc.getEndActMethod(), q -> EndActResponse.getDefaultInstance());
    }

    private static final View CATALOG = View.newBuilder()
            .setName("catalog")
            .setGeneration(2)
            .setPosition(40)
            .setHead(50)
            .setLag(10)
            .setRebuild(Rebuild.newBuilder()
                    .setState(Rebuild.State.RUNNING)
                    .setDone(40)
                    .setTotal(8_050)
                    .setGeneration(3)
                    .setEventsPerSecond(4_000))
            .build();

    @Test
    void an_admin_lists_the_positions_of_the_views() {
        sides.on(
                ViewOperationsGrpc.getListViewsMethod(),
                q -> ListViewsResponse.newBuilder().addViews(CATALOG).build());

        Answer answer = sendAs(ADMIN, "GET", "/api/v1/admin/views").hasStatus(200);

        assertThat(answer.json().at("/items/0").toString())
                .isEqualTo("{\"name\":\"catalog\",\"generation\":2,\"position\":40,\"head\":50,\"lag\":10,"
                        + "\"rebuild\":{\"generation\":3,\"state\":\"RUNNING\",\"done\":40,\"total\":8050,"
                        + "\"eventsPerSecond\":4000,\"secondsLeft\":2}}");
    }

    @Test
    void an_admin_rebuilds_a_view() {
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> CATALOG);

        Answer answer =
                sendAs(ADMIN, "POST", "/api/v1/admin/views/catalog/rebuild").hasStatus(202);

        assertThat(answer.at("/name")).isEqualTo("catalog");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/admin/views");
    }

    @Test
    void an_act_is_recorded_before_it_is_done_and_its_outcome_after_it() {
        sides.on(ViewOperationsGrpc.getDropGenerationMethod(), q -> CATALOG);

        sendAs(ADMIN, "DELETE", "/api/v1/admin/views/catalog/generations/3?reason=a%20reason")
                .hasStatus(200);

        assertThat(sides.received(OperatorCommandsGrpc.getBeginActMethod()).request())
                .isEqualTo(BeginActRequest.newBuilder()
                        .setAct("drop")
                        .setSubject("catalog/3")
                        .setReason("a reason")
                        .build());
        assertThat(outcome()).isEqualTo("done");
    }

    @Test
    void the_problem_of_a_refused_act_is_its_outcome() {
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> {
            throw new RefusedException(Problem.VIEW_NOT_FOUND, "No such view");
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/nothing/rebuild").satisfies(problem(Problem.VIEW_NOT_FOUND));

        assertThat(outcome()).isEqualTo("refused:view-not-found");
    }

    @Test
    void the_outcome_of_an_act_that_fails_is_unknown() {
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> {
            throw new IllegalStateException("a defect");
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/catalog/rebuild").hasStatus(500);

        assertThat(outcome()).isEqualTo("unknown");
    }

    @Test
    void an_act_that_cannot_be_recorded_is_not_done() {
        sides.on(OperatorCommandsGrpc.getBeginActMethod(), q -> {
            throw new RefusedException(Problem.UNAVAILABLE, "The log is away");
        });
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> CATALOG);

        sendAs(ADMIN, "POST", "/api/v1/admin/views/catalog/rebuild").satisfies(problem(Problem.UNAVAILABLE));

        assertThat(sides.count(ViewOperationsGrpc.getRebuildViewMethod())).isZero();
        assertThat(sides.count(OperatorCommandsGrpc.getEndActMethod())).isZero();
    }

    @Test
    void a_name_that_can_name_nothing_is_refused_by_its_part_of_the_request() {
        String name = "x".repeat(161);

        for (String path : List.of(
                "POST /api/v1/admin/views/%s/rebuild",
                "DELETE /api/v1/admin/views/%s/generations/1",
                "POST /api/v1/admin/dead-letters/%s/retry",
                "POST /api/v1/admin/dead-letters/catalog/retry?sequence=%s",
                "POST /api/v1/admin/dead-letters/catalog/retry?group=%s",
                "DELETE /api/v1/admin/dead-letters/catalog/%s?position=1&reason=test")) {
            String[] request = path.formatted(name).split(" ");
            String field = path.contains("views")
                    ? "view"
                    : path.contains("?sequence") || path.contains("catalog/%s")
                            ? "sequence"
                            : path.contains("?group") ? "group" : "queue";
            sendAs(ADMIN, request[0], request[1])
                    .isProblem(400, "invalid-request")
                    .namesField(field);
        }
        sendJsonAs(ADMIN, "PATCH", "/api/v1/admin/views/" + name, "{\"live\":3}")
                .isProblem(400, "invalid-request")
                .namesField("view");
        assertThat(sides.count(OperatorCommandsGrpc.getBeginActMethod())).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"paused\":true} | pause | catalog",
                "{\"paused\":false} | resume | catalog",
                "{\"live\":3} | switch | catalog/3",
                "{\"live\":3,\"paused\":true} | change | catalog/3",
                "{} | change | catalog"
            })
    void a_change_is_recorded_as_what_it_changes(String change, String act, String subject) {
        sides.on(ViewOperationsGrpc.getChangeViewMethod(), q -> CATALOG);

        sendJsonAs(ADMIN, "PATCH", "/api/v1/admin/views/catalog", change).hasStatus(200);

        assertThat(sides.received(OperatorCommandsGrpc.getBeginActMethod()).request())
                .isEqualTo(BeginActRequest.newBuilder()
                        .setAct(act)
                        .setSubject(subject)
                        .build());
    }

    /** Of the act that was begun. */
    private String outcome() {
        EndActRequest end = (EndActRequest)
                sides.received(OperatorCommandsGrpc.getEndActMethod()).request();
        assertThat(end.getSequence()).isEqualTo(7);
        return end.getOutcome();
    }

    @Test
    void an_admin_says_how_a_view_is_rebuilt() {
        AtomicReference<RebuildViewRequest> asked = new AtomicReference<>();
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> {
            asked.set(q);
            return CATALOG;
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/catalog/rebuild?switch=ASK&share=25")
                .hasStatus(202);

        assertThat(asked.get())
                .isEqualTo(RebuildViewRequest.newBuilder()
                        .setName("catalog")
                        .setAsks(true)
                        .setShare(25)
                        .build());
        sendAs(ADMIN, "POST", "/api/v1/admin/views/catalog/rebuild?switch=NEVER")
                .satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void an_admin_switches_readers_and_drops_what_they_do_not_see() {
        AtomicReference<ChangeViewRequest> changed = new AtomicReference<>();
        AtomicReference<DropGenerationRequest> dropped = new AtomicReference<>();
        View withOther = CATALOG.toBuilder()
                .setOther(OtherGeneration.newBuilder()
                        .setGeneration(3)
                        .setState(OtherGeneration.State.BUILT)
                        .setPosition(49)
                        .setAsks(true)
                        .setShare(25)
                        .setComparison(GenerationComparison.newBuilder()
                                .setLive(5)
                                .setOther(6)
                                .setLiveDigest("0a")
                                .setOtherDigest("0b")
                                .setOnlyOther(1)
                                .addExamples("lamp")))
                .build();
        sides.on(ViewOperationsGrpc.getChangeViewMethod(), q -> {
            changed.set(q);
            return withOther;
        });
        sides.on(ViewOperationsGrpc.getDropGenerationMethod(), q -> {
            dropped.set(q);
            return CATALOG;
        });

        Answer answer = sendJsonAs(ADMIN, "PATCH", "/api/v1/admin/views/catalog", "{\"live\":3}")
                .hasStatus(200);
        sendAs(ADMIN, "DELETE", "/api/v1/admin/views/catalog/generations/3").hasStatus(200);

        assertThat(changed.get())
                .isEqualTo(ChangeViewRequest.newBuilder()
                        .setName("catalog")
                        .setLive(3)
                        .build());
        assertThat(dropped.get())
                .isEqualTo(DropGenerationRequest.newBuilder()
                        .setName("catalog")
                        .setGeneration(3)
                        .build());
        assertThat(answer.json().at("/other").toString())
                .isEqualTo("{\"generation\":3,\"state\":\"BUILT\",\"position\":49,\"switchWhenBuilt\":\"ASK\","
                        + "\"share\":25,\"comparison\":{\"documents\":5,\"otherDocuments\":6,\"digest\":\"0a\","
                        + "\"otherDigest\":\"0b\",\"missing\":0,\"added\":1,\"different\":0,\"unsettled\":0,"
                        + "\"examples\":[\"lamp\"]}}");
    }

    @Test
    void a_view_that_does_not_exist_is_not_found() {
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> {
            throw new RefusedException(Problem.VIEW_NOT_FOUND, "no view " + q.getName());
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/nothing/rebuild").satisfies(problem(Problem.VIEW_NOT_FOUND));
    }
}
