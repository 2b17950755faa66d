package dev.kontor.standalone.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.side.identity.StoredRevocations;
import dev.kontor.store.Column;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * Recent revocations, in the database of the log. The key of a row is a position of the log; its value is a time in
 * milliseconds and a {@link Revoked}.
 */
final class EmbeddedRevocations implements StoredRevocations {

    private final Column column;
    private final TokenStore tokens;

    EmbeddedRevocations(Column column, TokenStore tokens) {
        this.column = column;
        this.tokens = tokens;
    }

    @Override
    public void keep(long position, Revocation revocation, Instant at) {
        byte[] bytes = Revoked.newBuilder().addRevocations(revocation).build().toByteArray();
        column.put(
                Long.toString(position),
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(at.toEpochMilli())
                        .put(bytes)
                        .array());
    }

    @Override
    public List<Revocation> since(Instant moment) {
        List<Revocation> kept = new ArrayList<>();
        column.entries().forEach((position, row) -> {
            if (ByteBuffer.wrap(row).getLong() < moment.toEpochMilli()) {
                column.delete(position);
            } else {
                kept.addAll(revokedIn(position, row).getRevocationsList());
            }
        });
        return kept;
    }

    private static Revoked revokedIn(String position, byte[] row) {
        try {
            return Revoked.parser().parseFrom(row, Long.BYTES, row.length - Long.BYTES);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The revocation at position %s cannot be read".formatted(position), e);
        }
    }

    @Override
    public TokenStore places() {
        return tokens;
    }
}
