package dev.kontor.api;

import org.axonframework.common.IdentifierFactory;

/**
 * The identifiers of messages and sagas: UUIDs of version 7. They begin with the time, so an index of them grows at its
 * end; random ones would be spread over the whole index, of which the disk then rewrites all. Axon finds this class as a
 * service.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return Uuids.mint();
    }
}
