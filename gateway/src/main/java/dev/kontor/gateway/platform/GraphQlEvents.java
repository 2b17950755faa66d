package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** The events of a subscription, as the protocol of GraphQL over server-sent events names them. */
final class GraphQlEvents implements EventForm {

    /** In bytes. A larger one is an error in its place. The largest order without aliases and products fits. */
    static final int LARGEST = 131_072;

    private static final byte[] NEXT = "event: next\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_EVENT = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMPLETE = "event: complete\ndata:\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Function<Object, Map<String, Object>> result;

    /** @param result of the operation, for a document */
    GraphQlEvents(Function<Object, Map<String, Object>> result) {
        this.result = result;
    }

    @Override
    public byte[] bytesOf(LiveEvent event) {
        Bounded bytes = new Bounded();
        writeNext(bytes, result.apply(event.document()));
        if (bytes.isExceeded) {
            bytes = new Bounded();
            RefusedException refused =
                    RefusedException.invalid("query", "has an event of more than %,d bytes".formatted(LARGEST));
            writeNext(bytes, GraphQlProblems.body(GraphQlProblems.of(refused)));
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] end() {
        return COMPLETE;
    }

    @Override
    public long memory() {
        return EventStreams.BYTES_PER_STREAM + LARGEST;
    }

    /** A result that no other follows. */
    static void write(OutputStream body, Map<String, Object> result) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeNext(bytes, result);
        bytes.writeBytes(COMPLETE);
        bytes.writeTo(body);
    }

    private static void writeNext(ByteArrayOutputStream bytes, Map<String, Object> result) {
        bytes.writeBytes(NEXT);
        // On one line: JSON has no line break in a text.
        StrictJson.MAPPER.writeValue(bytes, result);
        bytes.writeBytes(END_OF_EVENT);
    }

    /** Keeps nothing beyond the bound. */
    private static final class Bounded extends ByteArrayOutputStream {

        private boolean isExceeded;

        @Override
        public synchronized void write(byte[] from, int offset, int length) {
            isExceeded |= size() + length > LARGEST;
            if (!isExceeded) {
                super.write(from, offset, length);
            }
        }

        @Override
        public synchronized void write(int next) {
            isExceeded |= size() >= LARGEST;
            if (!isExceeded) {
                super.write(next);
            }
        }
    }
}
