package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that no client generated from the gRPC API sends. */
@OnSharedKontor
class UnreadableRequestIT {

    private final KontorProcess kontor;
    private final ManagedChannel channel;

    private record Bytes() implements MethodDescriptor.Marshaller<ByteString> {

        @Override
        public InputStream stream(ByteString bytes) {
            return bytes.newInput();
        }

        @Override
        public ByteString parse(InputStream stream) {
            try {
                return ByteString.readFrom(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    UnreadableRequestIT(KontorProcess kontor) {
        this.kontor = kontor;
        this.channel = Grpc.newChannelBuilder(kontor.grpc(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_text_that_is_not_utf_8_is_refused_and_not_logged() {
        MethodDescriptor<SearchProductsRequest, SearchProductsResponse> search =
                CatalogQueriesGrpc.getSearchProductsMethod();
        // The first field, a text, with two bytes that are no UTF-8.
        ByteString request = ByteString.fromHex("0a02c328");
        int said = kontor.output().length();

        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel,
                        search.toBuilder(new Bytes(), search.getResponseMarshaller())
                                .build(),
                        CallOptions.DEFAULT,
                        request));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(RefusalCodec.fromStatus(refused).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
        assertThat(kontor.output().substring(said)).doesNotContain("WARN", "ERROR");
    }
}
