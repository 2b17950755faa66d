package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.rpc.ErrorInfo;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import dev.kontor.store.Vault;
import dev.kontor.testsupport.Answer;
import dev.kontor.testsupport.GrpcCalls;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A token with any defect is refused everywhere, and always in the same way. The forgeries are signed with the true
 * private key, taken from the key ring of a stopped Kontor: so the one difference is the reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensIT {

    private static final List<String> PATHS =
            List.of("/api/v1/catalog/products?seller=me", "/api/v1/customers/me", "/api/v1/admin/views");
    private static final List<Consumer<Channel>> CALLS = List.of(
            channel -> CatalogQueriesGrpc.newBlockingStub(channel)
                    .searchProducts(
                            SearchProductsRequest.newBuilder().setSeller("me").build()),
            channel -> CartQueriesGrpc.newBlockingStub(channel).getCart(GetCartRequest.getDefaultInstance()),
            channel -> ViewOperationsGrpc.newBlockingStub(channel).listViews(ListViewsRequest.getDefaultInstance()));

    private KontorProcess kontor;
    private Shop shop;
    private ManagedChannel grpc;
    private KeyPair keys;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        byte[] master = new byte[32];
        new SecureRandom().nextBytes(master);
        Map<String, String> environment =
                Map.of("KONTOR_SIGNING_MASTER_KEY", Base64.getEncoder().encodeToString(master));
        String kid;
        try (KontorProcess first =
                KontorProcess.begin(data, environment, "--kontor.demo=true").untilReady()) {
            kid = new Shop(first).anonymous().get("/.well-known/jwks.json").at("/keys/0/kid");
            first.stop();
            first.exitCode(Duration.ofSeconds(60));
        }
        keys = keysOf(data.resolve("keys"), kid, master);
        kontor = KontorProcess.begin(data, environment, "--kontor.demo=true").untilReady();
        shop = new Shop(kontor);
        grpc = Grpc.newChannelBuilder(kontor.grpc(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    void stop() {
        grpc.shutdownNow();
        kontor.close();
    }

    private static KeyPair keysOf(Path ring, String kid, byte[] master) throws GeneralSecurityException {
        try (Vault vault = Vault.open(ring)) {
            String name = "signing/" + kid;
            byte[] pkcs8 =
                    new AesGcmJce(master).decrypt(vault.get(name).orElseThrow(), name.getBytes(StandardCharsets.UTF_8));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
        }
    }

    private Channel as(String token) {
        return GrpcCalls.withToken(grpc, token);
    }

    /** The whole answer except the id of its request. */
    private String byRest(String path, String token) {
        Answer answer = shop.anonymous().withToken(token).get(path);
        return "%d %s %s %s"
                .formatted(
                        answer.status(),
                        answer.header("Content-Type"),
                        answer.header("WWW-Authenticate"),
                        answer.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
    }

    private String byGrpc(Consumer<Channel> call, String token) {
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(as(token)));
        if (refused == null) {
            return "accepted";
        }
        StringBuilder said = new StringBuilder(refused.getStatus().toString());
        StatusProto.fromThrowable(refused).getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .forEach(detail -> said.append(' ').append(detail));
        return said.toString();
    }

    @Test
    void every_invalid_token_is_refused_everywhere_in_the_same_way() {
        String token = shop.admin().client().token();
        TokenForge accepted = TokenForge.like(token, keys);
        assertThat(accepted.token()).as("RS256 signs one thing in one way").isEqualTo(token);
        Map<String, String> forged = Forgeries.of(accepted, keys, TokenForge.newKeys());

        Set<String> wrong = new TreeSet<>();
        for (String path : PATHS) {
            assertThat(shop.admin().client().get(path).status()).as(path).isEqualTo(200);
            String refusal = byRest(path, "none");
            assertThat(refusal).startsWith("401 application/problem+json").contains("unauthenticated");
            forged.forEach((how, forgery) -> {
                if (!byRest(path, forgery).equals(refusal)) {
                    wrong.add(how + " at " + path + ": " + byRest(path, forgery));
                }
            });
        }
        for (Consumer<Channel> call : CALLS) {
            assertThat(byGrpc(call, token)).isEqualTo("accepted");
            String refusal = byGrpc(call, "none");
            assertThat(refusal).contains("UNAUTHENTICATED");
            forged.forEach((how, forgery) -> {
                if (!byGrpc(call, forgery).equals(refusal)) {
                    wrong.add(how + " by gRPC: " + byGrpc(call, forgery));
                }
            });
        }

        assertThat(wrong).isEmpty();
        System.out.printf(
                "tokens: %d forgeries at %d endpoints of REST and %d of gRPC: all refused, all alike%n",
                forged.size(), PATHS.size(), CALLS.size());
    }

    /** Differences that are permitted: so the table above is not satisfied by everything. */
    @Test
    void an_unknown_claim_makes_no_difference() {
        TokenForge accepted = TokenForge.like(shop.admin().client().token(), keys);

        for (String path : PATHS) {
            assertThat(byRest(path, accepted.with("scope", "all").token()))
                    .as(path)
                    .startsWith("200");
        }
    }
}
