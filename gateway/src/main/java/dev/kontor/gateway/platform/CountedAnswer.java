package dev.kontor.gateway.platform;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The body of an answer. A piece that is written at once is in memory until the client has read it. */
final class CountedAnswer extends ServletOutputStream {

    private final ServletOutputStream body;
    private final HeldAnswer held;

    CountedAnswer(ServletOutputStream body, HeldAnswer held) {
        this.body = body;
        this.held = held;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (!held.take(length)) {
            throw CountedAnswers.tooManyAnswers();
        }
        body.write(from, offset, length);
    }

    @Override
    public void write(int next) throws IOException {
        body.write(next);
    }

    @Override
    public void flush() throws IOException {
        body.flush();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        body.setWriteListener(listener);
    }
}
