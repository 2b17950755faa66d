package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsImplBase;
import dev.kontor.query.operations.ViewProgress;
import dev.kontor.testsupport.GrpcCalls;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Views of an empty log are complete, and stay so. */
class EmptyLogTest {

    @Test
    void a_view_of_an_empty_log_can_be_rebuilt_repeatedly() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.grpc.server.enabled=false", "axon.timeout.enabled=false", "logging.level.root=WARN")
                .run()) {
            ViewOperationsImplBase operations = context.getBean(ViewOperationsImplBase.class);
            assertThat(context.getBean(ViewProgress.class).caughtUp()).isTrue();

            for (int round = 0; round < 3; round++) {
                GrpcCalls.<View>answerOf(answer -> operations.rebuildView(
                        RebuildViewRequest.newBuilder().setName("catalog").build(), answer));
                await().until(() -> catalog(operations).getRebuild().getState() != Rebuild.State.RUNNING);
                assertThat(catalog(operations).getRebuild().getState()).isEqualTo(Rebuild.State.DONE);
            }
        }
    }

    private View catalog(ViewOperationsImplBase operations) {
        return GrpcCalls.<ListViewsResponse>answerOf(
                        answer -> operations.listViews(ListViewsRequest.getDefaultInstance(), answer))
                .getViewsList()
                .stream()
                .filter(view -> view.getName().equals("catalog"))
                .findFirst()
                .orElseThrow();
    }
}
