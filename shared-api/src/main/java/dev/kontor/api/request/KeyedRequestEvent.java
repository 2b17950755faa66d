package dev.kontor.api.request;

import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.DescribedAs;
import java.util.List;
import org.axonframework.serialization.Revision;

public sealed interface KeyedRequestEvent {

    KeyedRequestId requestId();

    @Revision("1")
    @DescribedAs("A request with an idempotency key had its effect, whose events are in the same append.")
    record RequestExecuted(
            KeyedRequestId requestId, String operation, String fingerprint, String subject, String result)
            implements KeyedRequestEvent {}

    @Revision("1")
    @DescribedAs("The final answer to the request, for repeats; it opens only with the keys of all customers that it"
            + " is sealed for.")
    record RequestAnswered(KeyedRequestId requestId, int status, Sealed content, List<CustomerId> sealedFor)
            implements KeyedRequestEvent {}
}
