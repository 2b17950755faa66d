package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsImplBase;
import dev.kontor.query.platform.Views;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class ViewOperationsService extends ViewOperationsImplBase {

    private final Views views;
    private final Processors processors;
    private final Rebuilds rebuilds;

    ViewOperationsService(Views views, Processors processors, Rebuilds rebuilds) {
        this.views = views;
        this.processors = processors;
        this.rebuilds = rebuilds;
    }

    @Override
    public void listViews(ListViewsRequest request, StreamObserver<ListViewsResponse> answer) {
        ListViewsResponse.Builder response = ListViewsResponse.newBuilder();
        for (dev.kontor.query.platform.View view : views.all()) {
            response.addViews(proto(view));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void rebuildView(RebuildViewRequest request, StreamObserver<View> answer) {
        dev.kontor.query.platform.View view = views.find(request.getName())
                .orElseThrow(() -> new RefusedException(Problem.VIEW_NOT_FOUND, Problem.VIEW_NOT_FOUND.title()));
        rebuilds.begin(view);
        View begun = proto(view);
        // Reports the rebuild that this call began, even if it has ended already.
        answer.onNext(begun.toBuilder()
                .setRebuild(begun.getRebuild().toBuilder().setState(Rebuild.State.RUNNING))
                .build());
        answer.onCompleted();
    }

    private View proto(dev.kontor.query.platform.View view) {
        long position = processors.position(view);
        // Reads the head after the position, so that no view is ever ahead of the log.
        long head = processors.head();
        ViewBuild.Progress build = rebuilds.of(view);
        return View.newBuilder()
                .setName(view.name())
                .setGeneration(build.generation())
                .setPosition(position)
                .setHead(head)
                .setLag(head - position)
                .setRebuild(Rebuild.newBuilder()
                        .setState(
                                switch (build.state()) {
                                    case RUNNING -> Rebuild.State.RUNNING;
                                    case DONE -> Rebuild.State.DONE;
                                    case FAILED -> Rebuild.State.FAILED;
                                })
                        .setDone(build.done())
                        .setTotal(build.total())
                        .setEventsPerSecond(build.eventsPerSecond()))
                .build();
    }
}
