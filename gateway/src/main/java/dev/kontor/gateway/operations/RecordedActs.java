package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.proto.operations.BeginActRequest;
import dev.kontor.proto.operations.EndActRequest;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc.OperatorCommandsBlockingStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Records acts of operators around their execution. An act whose begin cannot be recorded is not done. An act whose end
 * cannot be recorded is answered as usual: its outcome is not in the log.
 */
@Component
class RecordedActs {

    private static final Logger log = LoggerFactory.getLogger(RecordedActs.class);
    private static final int FIRST_FAILURE_OF_A_SERVER = 500;

    private final OperatorCommandsBlockingStub operators;

    RecordedActs(@CommandSideChannel Channel commandSide) {
        this.operators = OperatorCommandsGrpc.newBlockingStub(commandSide);
    }

    /**
     * @param act a short code
     * @param reason may be empty
     * @throws StatusRuntimeException if the begin is not recorded, or from the call
     */
    <T> T around(String act, String subject, String reason, Supplier<T> call) {
        long sequence = operators
                .beginAct(BeginActRequest.newBuilder()
                        .setAct(act)
                        .setSubject(subject)
                        .setReason(reason)
                        .build())
                .getSequence();
        String outcome = "unknown";
        try {
            T answer = call.get();
            outcome = "done";
            return answer;
        } catch (StatusRuntimeException failure) {
            Problem problem = RefusalCodec.fromStatus(failure).problem();
            if (RefusalCodec.isSaidByASide(failure) && problem.httpStatus() < FIRST_FAILURE_OF_A_SERVER) {
                outcome = "refused:" + problem.code();
            }
            throw failure;
        } finally {
            end(sequence, outcome);
        }
    }

    private void end(long sequence, String outcome) {
        try {
            operators.endAct(EndActRequest.newBuilder()
                    .setSequence(sequence)
                    .setOutcome(outcome)
                    .build());
        } catch (StatusRuntimeException e) {
            log.warn("the end of the operator's act {}, {}, is not recorded: {}", sequence, outcome, e.getStatus());
        }
    }
}
