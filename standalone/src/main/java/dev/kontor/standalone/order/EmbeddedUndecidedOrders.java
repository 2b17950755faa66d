package dev.kontor.standalone.order;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.order.UndecidedOrders;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.store.Column;
import dev.kontor.store.EmbeddedStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index of undecided orders, in the database of the log. A row is a format byte, a byte for the need of attention, two
 * times in milliseconds and the lines; it is read for every decided order, so it is not JSON.
 */
public final class EmbeddedUndecidedOrders implements UndecidedOrders {

    private static final byte FORMAT = 1;

    private final Column column;

    EmbeddedUndecidedOrders(Column column) {
        this.column = column;
    }

    public static EmbeddedUndecidedOrders in(EmbeddedStore store) {
        return new EmbeddedUndecidedOrders(store.column("open-orders"));
    }

    @Override
    public void put(UndecidedOrder order) {
        column.put(order.orderId().value(), encode(order));
    }

    @Override
    public void remove(OrderId orderId) {
        column.delete(orderId.value());
    }

    @Override
    public Optional<UndecidedOrder> find(OrderId orderId) {
        return column.get(orderId.value()).map(row -> decode(orderId, row));
    }

    @Override
    public List<UndecidedOrder> all() {
        return column.entries().entrySet().stream()
                .map(row -> decode(new OrderId(row.getKey()), row.getValue()))
                .toList();
    }

    private static byte[] encode(UndecidedOrder order) {
        try {
            ByteArrayOutputStream bytes =
                    new ByteArrayOutputStream(64 + 48 * order.lines().size());
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORMAT);
            out.writeBoolean(order.needsAttention());
            out.writeLong(order.placedAt().toEpochMilli());
            out.writeLong(order.deadline().toEpochMilli());
            out.writeInt(order.lines().size());
            for (CartLine line : order.lines()) {
                out.writeUTF(line.productId().value());
                out.writeLong(line.quantity().value());
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("A row could not be written to memory", e);
        }
    }

    private static UndecidedOrder decode(OrderId orderId, byte[] row) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(row));
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new StartException("Undecided order %s has format %d; this version reads format %d"
                        .formatted(orderId, format, FORMAT));
            }
            boolean needsAttention = in.readBoolean();
            Instant placedAt = Instant.ofEpochMilli(in.readLong());
            Instant deadline = Instant.ofEpochMilli(in.readLong());
            int count = in.readInt();
            List<CartLine> lines = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                lines.add(new CartLine(new ProductId(in.readUTF()), new Quantity(in.readLong())));
            }
            return new UndecidedOrder(orderId, lines, placedAt, deadline, needsAttention);
        } catch (IOException e) {
            throw new UncheckedIOException("Undecided order " + orderId + " is cut short", e);
        }
    }
}
