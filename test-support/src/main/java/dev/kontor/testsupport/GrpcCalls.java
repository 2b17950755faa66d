package dev.kontor.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls of gRPC methods, with and without a channel. */
public final class GrpcCalls {

    private GrpcCalls() {}

    /** Returns the one answer of a method that answers before it returns. */
    public static <T> T answerOf(Consumer<StreamObserver<T>> call) {
        Answers<T> answers = new Answers<>();
        call.accept(answers);
        assertThat(answers.completed).as("the call is completed").isTrue();
        assertThat(answers.all).hasSize(1);
        return answers.all.getFirst();
    }

    public static <T> T answerOf(Context context, Consumer<StreamObserver<T>> call) {
        Context before = context.attach();
        try {
            return answerOf(call);
        } finally {
            context.detach(before);
        }
    }

    private static final class Answers<T> implements StreamObserver<T> {

        private final List<T> all = new ArrayList<>();
        private boolean completed;

        @Override
        public void onNext(T answer) {
            all.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }

    /** A channel whose calls carry these headers. */
    public static Channel withHeaders(Channel channel, String... namesAndValues) {
        Metadata headers = new Metadata();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(Metadata.Key.of(namesAndValues[i], Metadata.ASCII_STRING_MARSHALLER), namesAndValues[i + 1]);
        }
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public static Channel withToken(Channel channel, String token) {
        return withHeaders(channel, "authorization", "Bearer " + token);
    }
}
