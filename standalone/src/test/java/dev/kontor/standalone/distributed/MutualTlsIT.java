package dev.kontor.standalone.distributed;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.DistributedKontor.Part;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that authenticate each other by certificates, and refuse other callers. */
class MutualTlsIT {

    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    private static Path ours;
    private static Path strangers;
    private static DistributedKontor kontor;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        ours = certificates("ours");
        strangers = certificates("strangers");
        kontor = DistributedKontor.start(folder.resolve("log"), ours);
    }

    /** As users make them, by the script. */
    private static Path certificates(String name) throws IOException, InterruptedException {
        Path made = folder.resolve(name);
        Process script = new ProcessBuilder("sh", script().toString(), made.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes());
        assertThat(script.waitFor()).as(said).isZero();
        return made;
    }

    private static Path script() {
        return Path.of("..", "deploy", "certificates.sh").toAbsolutePath().normalize();
    }

    @AfterAll
    static void close() {
        if (kontor != null) {
            kontor.close();
        }
    }

    private static HealthCheckResponse ask(Part side, ChannelCredentials credentials) {
        int port = DistributedKontor.grpcPort(kontor.context(side));
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS)
                    .check(HealthCheckRequest.newBuilder().setService("calls").build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static void isTurnedAway(Part side, ChannelCredentials credentials) {
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> ask(side, credentials));

        assertThat(refused).as("a call to the " + side).isNotNull();
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static ChannelCredentials without() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(ours.resolve("ca.pem").toFile())
                .build();
    }

    private static ChannelCredentials with(Path certificates) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(ours.resolve("ca.pem").toFile())
                .keyManager(
                        certificates.resolve("gateway.pem").toFile(),
                        certificates.resolve("gateway-key.pem").toFile())
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"COMMAND_SIDE", "QUERY_SIDE"})
    void a_caller_without_a_certificate_of_the_authority_is_refused(Part side) throws IOException {
        isTurnedAway(side, InsecureChannelCredentials.create());
        isTurnedAway(side, without());
        isTurnedAway(side, with(strangers));

        assertThat(ask(side, with(ours)).getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    /** Replaces all files of all parts and the authority: the old one's certificates are no longer valid. */
    @Test
    void renewed_certificates_are_used_by_new_connections_and_no_call_fails() throws IOException, InterruptedException {
        Path renewed = certificates("renewed");
        Shop shop = new Shop(kontor.rest());
        try (ShopClient looker = new ShopClient("looker", () -> shop.anonymous().get("/api/v1/catalog/products"))) {
            eventually(SOON, "the catalog is looked at", () -> looker.isContent(10));
            try (Stream<Path> files = Files.list(renewed)) {
                for (Path file : files.toList()) {
                    Path beside = ours.resolve(file.getFileName() + ".new");
                    Files.copy(file, beside);
                    Files.move(beside, ours.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            for (Part side : List.of(Part.COMMAND_SIDE, Part.QUERY_SIDE)) {
                eventually(SOON, "the renewed certificate is shown by the " + side, () -> isLetInBy(side, renewed));
            }
            int looks = looker.visits();
            eventually(SOON, "the catalog is looked at", () -> looker.visits() > looks + 20);
            assertThat(looker.statuses()).as(looker.toString()).containsExactly(200);
        }

        kontor.toCommandSide.cut();
        kontor.toQuerySide.cut();
        kontor.toCommandSide.restore();
        kontor.toQuerySide.restore();
        eventually(
                SOON,
                "the gateway connects with its renewed one",
                () -> shop.anonymous().get("/api/v1/catalog/products").status() == 200);
    }

    private static boolean isLetInBy(Part side, Path certificates) {
        try {
            ChannelCredentials credentials = TlsChannelCredentials.newBuilder()
                    .trustManager(certificates.resolve("ca.pem").toFile())
                    .keyManager(
                            certificates.resolve("gateway.pem").toFile(),
                            certificates.resolve("gateway-key.pem").toFile())
                    .build();
            return ask(side, credentials).getStatus() == ServingStatus.SERVING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StatusRuntimeException refused) {
            return false;
        }
    }

    @Test
    void the_gateway_has_a_certificate_and_the_shop_works() {
        Shop shop = new Shop(kontor.rest());
        Customer customer = shop.signedInCustomer();

        assertThat(customer.orders(shop.listedProduct(3).times(1)).status()).isEqualTo(201);
    }
}
