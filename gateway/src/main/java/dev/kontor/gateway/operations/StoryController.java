package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.EventLogGrpc.EventLogBlockingStub;
import dev.kontor.proto.operations.GetStoryRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/stories")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class StoryController {

    private final EventLogBlockingStub log;

    StoryController(@QuerySideChannel Channel querySide) {
        this.log = EventLogGrpc.newBlockingStub(querySide);
    }

    @GetMapping("/{subject}")
    @Operation(
            operationId = "getStory",
            summary = "Tell what happened to an order, a product, a cart or a customer, or by a request",
            description = "The events of the aggregate, and the other events of the requests that led to them, with who"
                    + " sent these requests and how long each event came after the first one of its request. Personal"
                    + " data is masked. The newest 100 events of an aggregate and its newest 20 requests are told; a"
                    + " request is looked for among the newest 10,000 events of the log.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "The log has nothing of this")
    StoryJson story(@PathVariable String subject) {
        return StoryJson.of(
                log.getStory(GetStoryRequest.newBuilder().setSubject(subject).build()));
    }
}
