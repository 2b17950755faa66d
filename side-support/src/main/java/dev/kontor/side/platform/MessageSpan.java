package dev.kontor.side.platform;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.axonframework.tracing.SpanScope;

/** A span as Axon uses it. */
final class MessageSpan implements org.axonframework.tracing.Span {

    private final SpanBuilder builder;
    private Span span = Span.getInvalid();

    MessageSpan(SpanBuilder builder) {
        this.builder = builder;
    }

    @Override
    public org.axonframework.tracing.Span start() {
        span = builder.startSpan();
        return this;
    }

    @Override
    public SpanScope makeCurrent() {
        Scope scope = span.makeCurrent();
        return scope::close;
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public org.axonframework.tracing.Span recordException(Throwable failure) {
        span.recordException(failure);
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    @Override
    public org.axonframework.tracing.Span addAttribute(String key, String value) {
        builder.setAttribute(key, value);
        span.setAttribute(key, value);
        return this;
    }
}
