package dev.kontor.command.customer;

import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Commands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/**
 * Finds the key of the e-mail that an account claims, if the address cannot be decrypted because the account's key is
 * lost. The claim was appended together with an event of the account that contains an e-mail, so the search goes
 * through the log around the times of those events, the latest first.
 */
@Component
public class LostEmails {

    /** Longer than a process can pause between two events of one append. */
    private static final Duration AROUND = Duration.ofMinutes(1);

    /** The log counts as unavailable after this time without an event. */
    private static final long PATIENCE_SECONDS = 5;

    private final EventStore log;
    private final Commands commands;

    public LostEmails(EventStore log, Commands commands) {
        this.log = log;
        this.commands = commands;
    }

    /** Empty if the account has no claim. */
    public Optional<EmailKey> heldBy(CustomerId customerId) {
        return momentsOf(customerId).reversed().stream()
                .flatMap(moment -> claimedAround(moment, customerId).reversed().stream())
                .filter(email -> customerId.equals(commands.<CustomerId>send(new FindEmailOwner(email))))
                .findFirst();
    }

    private List<Instant> momentsOf(CustomerId customerId) {
        return log.readEvents(customerId.toString(), 0)
                .asStream()
                .filter(event -> event.getPayload() instanceof CustomerRegistered
                        || event.getPayload() instanceof ProfileChanged)
                .<Instant>map(DomainEventMessage::getTimestamp)
                .toList();
    }

    private List<EmailKey> claimedAround(Instant moment, CustomerId customerId) {
        TrackingToken end = log.createHeadToken();
        List<EmailKey> claimed = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> events = log.openStream(log.createTokenAt(moment.minus(AROUND)))) {
            TrackingToken read = null;
            while (end != null && (read == null || !read.covers(end))) {
                if (!events.hasNextAvailable((int) PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The log stopped before its end");
                }
                TrackedEventMessage<?> event = events.nextAvailable();
                read = event.trackingToken();
                if (event.getTimestamp().isAfter(moment.plus(AROUND))) {
                    break;
                }
                if (event.getPayload() instanceof EmailClaimed claim
                        && claim.customerId().equals(customerId)) {
                    claimed.add(claim.emailKey());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the log", e);
        }
        return claimed;
    }
}
