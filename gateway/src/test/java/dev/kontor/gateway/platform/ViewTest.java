package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;

class ViewTest extends GatewayTest {

    private static final View CATALOG = View.newBuilder()
            .setName("catalog")
            .setGeneration(2)
            .setPosition(40)
            .setHead(50)
            .setLag(10)
            .setRebuild(Rebuild.newBuilder()
                    .setState(Rebuild.State.RUNNING)
                    .setDone(40)
                    .setTotal(50)
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
                        + "\"rebuild\":{\"state\":\"RUNNING\",\"done\":40,\"total\":50,\"eventsPerSecond\":4000}}");
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
    void a_view_that_does_not_exist_is_not_found() {
        sides.on(ViewOperationsGrpc.getRebuildViewMethod(), q -> {
            throw new RefusedException(Problem.VIEW_NOT_FOUND, "no view " + q.getName());
        });

        sendAs(ADMIN, "POST", "/api/v1/admin/views/nothing/rebuild").satisfies(problem(Problem.VIEW_NOT_FOUND));
    }
}
