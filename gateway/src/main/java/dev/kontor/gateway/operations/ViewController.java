package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsBlockingStub;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/views")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class ViewController {

    private final ViewOperationsBlockingStub views;

    ViewController(@QuerySideChannel Channel querySide) {
        this.views = ViewOperationsGrpc.newBlockingStub(querySide);
    }

    @GetMapping
    @Operation(operationId = "listViews", summary = "List the views and their positions in the log")
    Page<ViewJson> list() {
        return Page.whole(views.listViews(ListViewsRequest.getDefaultInstance()).getViewsList(), ViewJson::of);
    }

    @PostMapping("/{view}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "rebuildView", summary = "Drop a view's documents and rebuild them from the log")
    ResponseEntity<ViewJson> rebuild(@PathVariable String view) {
        ViewJson begun = ViewJson.of(
                views.rebuildView(RebuildViewRequest.newBuilder().setName(view).build()));
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, "/api/v1/admin/views")
                .body(begun);
    }
}
