package dev.kontor.standalone.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.side.identity.KeptRevocations;
import dev.kontor.store.Column;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** What was revoked lately, beside the log in the same database. A row is a time in milliseconds and a batch of the feed. */
final class BookKeptRevocations implements KeptRevocations {

    private final Column column;
    private final TokenStore tokens;

    BookKeptRevocations(Column column, TokenStore tokens) {
        this.column = column;
        this.tokens = tokens;
    }

    @Override
    public void keep(RevocationBatch batch, Instant at) {
        byte[] bytes = batch.toByteArray();
        column.put(
                Long.toString(batch.getPosition()),
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(at.toEpochMilli())
                        .put(bytes)
                        .array());
    }

    @Override
    public List<RevocationBatch> since(Instant moment) {
        List<RevocationBatch> kept = new ArrayList<>();
        column.entries().forEach((position, row) -> {
            if (ByteBuffer.wrap(row).getLong() < moment.toEpochMilli()) {
                column.delete(position);
            } else {
                kept.add(batchIn(position, row));
            }
        });
        kept.sort(Comparator.comparingLong(RevocationBatch::getPosition));
        return kept;
    }

    private static RevocationBatch batchIn(String position, byte[] row) {
        try {
            return RevocationBatch.parser().parseFrom(row, Long.BYTES, row.length - Long.BYTES);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The revocation at position %s cannot be read".formatted(position), e);
        }
    }

    @Override
    public TokenStore places() {
        return tokens;
    }
}
