package dev.kontor.gateway;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile {@code mtls}: both ends of a connection between processes authenticate themselves. */
class MutualTlsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    @TempDir
    private static Path folder;

    private static TestCertificates ours;
    private static TestCertificates others;
    private static Server side;
    private static Server misnamedSide;
    private static Server othersSide;

    @BeforeAll
    static void start() throws IOException {
        ours = new TestCertificates(Files.createDirectory(folder.resolve("ours")))
                .give("gateway", HERE)
                .give("side", HERE)
                .give("misnamed", "dns:elsewhere,ip:192.0.2.1");
        others = new TestCertificates(Files.createDirectory(folder.resolve("others"))).give("side", HERE);
        ScriptedSides.INSTANCE.forget();
        ScriptedSides.INSTANCE.on(
                CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());
        side = serve(ours, "side");
        misnamedSide = serve(ours, "misnamed");
        othersSide = serve(others, "side");
    }

    @AfterAll
    static void stop() {
        side.shutdownNow();
        misnamedSide.shutdownNow();
        othersSide.shutdownNow();
    }

    /** Serial numbers of the callers' certificates. */
    private static final Set<BigInteger> SHOWN = ConcurrentHashMap.newKeySet();

    private static final class ShownCertificates implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            try {
                SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
                SHOWN.add(((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber());
            } catch (SSLPeerUnverifiedException e) {
                throw new IllegalStateException(e);
            }
            return next.startCall(call, headers);
        }
    }

    private static Server serve(TestCertificates authority, String name) throws IOException {
        return serve(authority, name, 0);
    }

    private static Server serve(TestCertificates authority, String name, int port) throws IOException {
        ServerCredentials credentials = TlsServerCredentials.newBuilder()
                .keyManager(
                        authority.certificate(name).toFile(),
                        authority.key(name).toFile())
                .trustManager(authority.authority().toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
        return ScriptedSides.INSTANCE
                .serve(NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials))
                .intercept(new ShownCertificates())
                .build()
                .start();
    }

    private static RunningGateway gatewayOf(Server server) {
        String target = "list:///localhost:" + server.getPort();
        return new RunningGateway(
                new String[] {"mtls"},
                "--kontor.command-side=" + target,
                "--kontor.query-side=dns:///127.0.0.1:" + server.getPort(),
                "--KONTOR_TLS_CERTIFICATE=" + ours.certificate("gateway"),
                "--KONTOR_TLS_KEY=" + ours.key("gateway"),
                "--KONTOR_TLS_CA=" + ours.authority(),
                "--spring.ssl.bundle.watch.file.quiet-period=200ms");
    }

    private static void callWith(ChannelCredentials credentials) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", side.getPort(), credentials)
                .build();
        try {
            CatalogQueriesGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .searchProducts(SearchProductsRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    private static void isRefused(ChannelCredentials credentials) {
        assertThatThrownBy(() -> callWith(credentials))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void the_gateway_calls_a_side_that_it_trusts() {
        try (RunningGateway gateway = gatewayOf(side)) {
            await().atMost(LONG)
                    .until(() -> gateway.manage("/actuator/health/readiness").status() == 200);

            gateway.get("/api/v1/catalog/products").hasStatus(200);
            ScriptedSides.INSTANCE.on(
                    OrderCommandsGrpc.getPlaceOrderMethod(),
                    q -> Written.newBuilder().setId("order-1").build());
            gateway.sendAsyncAs(
                            TestAuthority.INSTANCE.token("customer-1", "CUSTOMER"),
                            "POST",
                            "/api/v1/orders",
                            "{\"lines\":[{\"productId\":\"p-1\",\"quantity\":1}]}")
                    .hasStatus(202);
        }
    }

    @Test
    void a_renewed_certificate_is_used_by_the_next_connection_and_no_call_fails() throws Exception {
        AtomicReference<Server> restarted = new AtomicReference<>(serve(ours, "side"));
        int port = restarted.get().getPort();
        try (RunningGateway gateway = gatewayOf(restarted.get())) {
            await().atMost(LONG)
                    .until(() -> gateway.get("/api/v1/catalog/products").status() == 200);
            BigInteger before = serialOf("gateway");
            assertThat(SHOWN).contains(before);

            ours.give("gateway", HERE);
            BigInteger renewed = serialOf("gateway");
            assertThat(renewed).isNotEqualTo(before);
            for (int i = 0; i < 50; i++) {
                gateway.get("/api/v1/catalog/products").hasStatus(200);
            }

            await().atMost(LONG).until(() -> {
                restarted.get().shutdownNow().awaitTermination();
                restarted.set(serve(ours, "side", port));
                await().atMost(LONG)
                        .until(() -> gateway.get("/api/v1/catalog/products").status() == 200);
                return SHOWN.contains(renewed);
            });
        } finally {
            restarted.get().shutdownNow();
        }
    }

    private static BigInteger serialOf(String process) throws Exception {
        try (InputStream file = Files.newInputStream(ours.certificate(process))) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file))
                    .getSerialNumber();
        }
    }

    @Test
    void a_side_with_the_certificate_of_another_name_is_not_called() {
        try (RunningGateway gateway = gatewayOf(misnamedSide)) {
            gateway.get("/api/v1/catalog/products").satisfies(problem(Problem.UNAVAILABLE));
        }
    }

    @Test
    void a_side_of_another_authority_is_not_called() {
        try (RunningGateway gateway = gatewayOf(othersSide)) {
            gateway.get("/api/v1/catalog/products").satisfies(problem(Problem.UNAVAILABLE));
        }
    }

    @Test
    void a_client_with_a_certificate_of_the_authority_is_accepted() throws IOException {
        callWith(TlsChannelCredentials.newBuilder()
                .keyManager(
                        ours.certificate("gateway").toFile(),
                        ours.key("gateway").toFile())
                .trustManager(ours.authority().toFile())
                .build());
    }

    @Test
    void a_client_without_a_certificate_is_refused() throws IOException {
        isRefused(TlsChannelCredentials.newBuilder()
                .trustManager(ours.authority().toFile())
                .build());
    }

    @Test
    void a_client_with_a_certificate_of_another_authority_is_refused() throws IOException {
        isRefused(TlsChannelCredentials.newBuilder()
                .keyManager(
                        others.certificate("side").toFile(), others.key("side").toFile())
                .trustManager(ours.authority().toFile())
                .build());
    }

    @Test
    void a_client_without_tls_is_refused() {
        isRefused(InsecureChannelCredentials.create());
    }
}
