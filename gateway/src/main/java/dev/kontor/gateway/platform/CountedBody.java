package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A request body. Its reads charge large bodies to a budget, and fail if the body is too large or late. */
final class CountedBody extends ServletInputStream {

    private final ServletInputStream body;
    private final int most;
    private final RequestsInFlight inFlight;
    private final BooleanSupplier isLate;
    private long bytes;
    private long taken;

    CountedBody(ServletInputStream body, int most, RequestsInFlight inFlight, BooleanSupplier isLate) {
        this.body = body;
        this.most = most;
        this.inFlight = inFlight;
        this.isLate = isLate;
    }

    static RefusedException tooLarge(int most) {
        return new RefusedException(Problem.PAYLOAD_TOO_LARGE, "A request body is at most " + most + " bytes");
    }

    @Override
    public int read() throws IOException {
        int next = body.read();
        charge(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = body.read(into, offset, length);
        charge(Math.max(read, 0));
        return read;
    }

    private void charge(int read) {
        bytes += read;
        if (bytes > most) {
            throw tooLarge(most);
        }
        if (isLate.getAsBoolean()) {
            throw new RefusedException(Problem.REQUEST_TIMEOUT, "The request body did not arrive in time");
        }
        long more = Math.max(0, bytes - RequestsInFlight.FREE_BYTES) - taken;
        if (more > 0) {
            if (!inFlight.take(more)) {
                throw new RefusedException(Problem.OVERLOADED, "Too many large request bodies at a time");
            }
            taken += more;
        }
    }

    /** Returns the bytes to the budget; the body is not in memory any more. */
    void giveBack() {
        inFlight.giveBack(taken);
        taken = 0;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
