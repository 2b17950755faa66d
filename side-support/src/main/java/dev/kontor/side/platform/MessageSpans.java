package dev.kontor.side.platform;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.tracing.NoOpSpanFactory;
import org.axonframework.tracing.Span;
import org.axonframework.tracing.SpanAttributesProvider;
import org.axonframework.tracing.SpanFactory;

/**
 * The spans of commands and events. The context of a trace travels in the metadata of messages, in W3C's form, and so
 * is stored with an event. A message without one, of a call that is not recorded, has no spans.
 */
public final class MessageSpans implements SpanFactory {

    /** Metadata of the messages of a recorded call: its trace, for searches. */
    static final String TRACE_ID = "traceId";

    private static final TextMapGetter<MetaData> METADATA = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MetaData metadata) {
            return metadata.keySet();
        }

        @Override
        public String get(MetaData metadata, String key) {
            return metadata == null ? null : (String) metadata.get(key);
        }
    };

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final List<SpanAttributesProvider> attributes = new CopyOnWriteArrayList<>();

    private MessageSpans(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("dev.kontor");
        propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    /** @param telemetry null where nothing is traced */
    public static SpanFactory of(OpenTelemetry telemetry) {
        return telemetry == null ? NoOpSpanFactory.INSTANCE : new MessageSpans(telemetry);
    }

    @Override
    public Span createRootTrace(Supplier<String> operation) {
        return new MessageSpan(tracer.spanBuilder(operation.get()).setNoParent());
    }

    @Override
    public Span createHandlerSpan(
            Supplier<String> operation, Message<?> parent, boolean isInSameTrace, Message<?>... linked) {
        Context origin = propagator.extract(Context.root(), parent.getMetaData(), METADATA);
        SpanContext cause = io.opentelemetry.api.trace.Span.fromContext(origin).getSpanContext();
        if (!cause.isValid()) {
            return NoOpSpanFactory.NoOpSpan.INSTANCE;
        }
        SpanBuilder span = of(operation, parent, SpanKind.CONSUMER);
        return new MessageSpan(
                isInSameTrace ? span.setParent(origin) : span.setNoParent().addLink(cause));
    }

    @Override
    public Span createDispatchSpan(Supplier<String> operation, Message<?> parent, Message<?>... linked) {
        return isInTrace()
                ? new MessageSpan(of(operation, parent, SpanKind.PRODUCER))
                : NoOpSpanFactory.NoOpSpan.INSTANCE;
    }

    @Override
    public Span createInternalSpan(Supplier<String> operation) {
        return isInTrace() ? new MessageSpan(tracer.spanBuilder(operation.get())) : NoOpSpanFactory.NoOpSpan.INSTANCE;
    }

    @Override
    public Span createInternalSpan(Supplier<String> operation, Message<?> message) {
        return isInTrace()
                ? new MessageSpan(of(operation, message, SpanKind.INTERNAL))
                : NoOpSpanFactory.NoOpSpan.INSTANCE;
    }

    /** Threads of processors would otherwise begin a trace with each thing that they do. */
    private static boolean isInTrace() {
        return io.opentelemetry.api.trace.Span.current().getSpanContext().isSampled();
    }

    private SpanBuilder of(Supplier<String> operation, Message<?> message, SpanKind kind) {
        SpanBuilder span = tracer.spanBuilder("%s(%s)".formatted(operation.get(), name(message)))
                .setSpanKind(kind);
        attributes.forEach(provider -> provider.provideForMessage(message).forEach(span::setAttribute));
        return span;
    }

    private static String name(Message<?> message) {
        String name = message instanceof CommandMessage<?> command
                ? command.getCommandName()
                : message.getPayloadType().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public void registerSpanAttributeProvider(SpanAttributesProvider provider) {
        attributes.add(provider);
    }

    @Override
    @SuppressWarnings("unchecked") // a message with further metadata is of the same type
    public <M extends Message<?>> M propagateContext(M message) {
        SpanContext current = io.opentelemetry.api.trace.Span.current().getSpanContext();
        if (!current.isSampled()) {
            return message;
        }
        Map<String, String> context = new HashMap<>();
        propagator.inject(Context.current(), context, Map::put);
        context.put(TRACE_ID, current.getTraceId());
        return (M) message.andMetaData(context);
    }
}
