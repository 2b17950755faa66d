package dev.kontor.api.operations;

import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What operators do, beside what customers and the shop do. */
public sealed interface OperatorEvent {

    @Revision("1")
    @DescribedAs("An operator acted. `actor` is the admin's id, or `operator` for the operator of the machine; `act` is"
            + " `unmask`, `retry`, `evict`, `rebuild`, `pause`, `resume`, `switch`, `change` or `drop`; `subject` is what"
            + " it is done to: of `unmask`, the aggregate and the sequence number of an event, like `aggregate/3`."
            + " `reason` is empty if none was given. It is recorded before the act is done.")
    record OperatorActed(String actor, String act, String subject, String reason) implements OperatorEvent {}

    @Revision("1")
    @DescribedAs("An act of an operator ended. `sequence` is the sequence number of its `OperatorActed` in the same"
            + " stream; `outcome` is `done`, `refused:` with the code of the problem, or `unknown`.")
    record OperatorActEnded(long sequence, String outcome) implements OperatorEvent {}
}
