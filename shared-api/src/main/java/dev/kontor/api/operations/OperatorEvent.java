package dev.kontor.api.operations;

import dev.kontor.api.platform.DescribedAs;
import org.axonframework.serialization.Revision;

/** What operators do, beside what customers and the shop do. */
public sealed interface OperatorEvent {

    @Revision("1")
    @DescribedAs("An operator acted. `actor` is the admin's id, or `operator` for the operator of the machine; `act` is"
            + " `unmask`; `subject` is what it was done to: of `unmask`, the aggregate and the sequence number of an"
            + " event, like `aggregate/3`.")
    record OperatorActed(String actor, String act, String subject, String reason) implements OperatorEvent {}
}
