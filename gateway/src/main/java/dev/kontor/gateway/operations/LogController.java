package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.CreateCheckpointRequest;
import dev.kontor.proto.operations.LogOperationsGrpc;
import dev.kontor.proto.operations.LogOperationsGrpc.LogOperationsBlockingStub;
import dev.kontor.proto.operations.RunAuditRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class LogController {

    /** The log is flushed to the disk first, which takes long on a slow disk. */
    private static final Duration FOR_A_CHECKPOINT = Duration.ofMinutes(1);

    /** An audit reads the whole log and every document: tens of seconds for a million events. */
    private static final Duration FOR_AN_AUDIT = Duration.ofMinutes(30);

    private final LogOperationsBlockingStub log;

    LogController(@CommandSideChannel Channel commandSide) {
        this.log = LogOperationsGrpc.newBlockingStub(commandSide);
    }

    @PostMapping("/checkpoints")
    @TakesKey(TakesKey.Use.CLAIMED)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createCheckpoint",
            summary = "Copy the log, in its present state, to a folder beside the data",
            description = "The folder is on the machine that keeps the log. The caller has to remove it.")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CheckpointJson.class)))
    @ApiResponse(responseCode = "404", description = "The log is kept by another server, which has tools of its own")
    CheckpointJson checkpoint(
            @Parameter(description = "Also copy the wrapped keys") @RequestParam(defaultValue = "false") boolean keys) {
        return CheckpointJson.of(within(
                FOR_A_CHECKPOINT,
                log -> log.createCheckpoint(
                        CreateCheckpointRequest.newBuilder().setKeys(keys).build())));
    }

    @GetMapping("/audit")
    @Operation(
            operationId = "runAudit",
            summary = "Fold the whole log, and check it and every view against the invariants",
            description = "Takes longer for a longer log. Only one audit runs at a time.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditJson.class)))
    @ApiResponse(responseCode = "404", description = "The log is kept by another server, which has tools of its own")
    @ApiResponse(responseCode = "409", description = "Another audit is running")
    AuditJson audit() {
        return AuditJson.of(within(FOR_AN_AUDIT, log -> log.runAudit(RunAuditRequest.getDefaultInstance())));
    }

    /** @throws RefusedException with {@link Problem#NOT_FOUND} if another server keeps the log */
    private <T> T within(Duration deadline, Function<LogOperationsBlockingStub, T> call) {
        try {
            return call.apply(log.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                throw new RefusedException(
                        Problem.NOT_FOUND, "The log is not kept here. Use the tools of the server that keeps it");
            }
            throw failure;
        }
    }
}
