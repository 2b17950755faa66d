package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import dev.kontor.proto.Money;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.ListProductRequest;
import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import dev.kontor.testsupport.GrpcCalls;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that cannot be stored as they are, or that look like another, are refused and named over REST and gRPC. */
@OnSharedKontor
class TextIT {

    private static final String PRODUCTS = "/api/v1/catalog/products";

    private final Shop shop;
    private final KontorProcess kontor;
    private final String mail = UUID.randomUUID() + "@example.com";

    TextIT(Shop shop, KontorProcess kontor) {
        this.shop = shop;
        this.kontor = kontor;
    }

    private static void refusedAt(String field, Answer answer) {
        answer.isProblem(400, "invalid-request");
        assertThat(answer.at("/errors/0/field")).as(answer.body()).isEqualTo(field);
    }

    private Answer signUp(String email, String password, String name) {
        return shop.anonymous()
                .sendJson(
                        "POST",
                        "/api/v1/auth/signup",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"%s\"}".formatted(email, password, name));
    }

    private Answer lists(Client seller, String title, String description, String category) {
        return seller.sendJson(
                "POST",
                PRODUCTS,
                "{\"title\":\"%s\",\"description\":\"%s\",\"category\":\"%s\",\"stock\":1,\"price\":{\"amount\":100,\"currency\":\"EUR\"}}"
                        .formatted(title, description, category));
    }

    @Test
    void half_a_surrogate_pair_is_refused_in_every_text() {
        Client seller = shop.seller().client();
        String half = "half \\ud83d";

        refusedAt("title", lists(seller, half, "", "Tests"));
        refusedAt("description", lists(seller, "Title", half, "Tests"));
        refusedAt("category", lists(seller, "Title", "", half));
        refusedAt("email", signUp(half + mail, Shop.PASSWORD, "Some One"));
        refusedAt("password", signUp(mail, half, "Some One"));
        refusedAt("name", signUp(mail, Shop.PASSWORD, half));
        refusedAt(
                "email",
                shop.anonymous()
                        .sendJson(
                                "POST",
                                "/api/v1/auth/signin",
                                "{\"email\":\"%s\",\"password\":\"x\"}".formatted(half)));
        refusedAt("name", seller.sendJson("PATCH", "/api/v1/customers/me", "{\"name\":\"%s\"}".formatted(half)));
        Product thing = shop.listedProduct(1);
        refusedAt("title", seller.sendJson("PATCH", PRODUCTS + "/" + thing.id(), "{\"title\":\"%s\"}".formatted(half)));
        refusedAt(
                "lines[0].productId",
                seller.sendJson(
                        "POST",
                        "/api/v1/orders",
                        "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(half)));
        assertThat(shop.look(thing).at("/title")).isEqualTo(thing.title());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u200b",
                "\\u200c",
                "\\u200d",
                "\\u200e",
                "\\u202e",
                "\\u2066",
                "\\u2060",
                "\\ufeff",
                "\\u00ad",
                "\\ufe0f",
                "\\u3164",
                "\\udb40\\udc41",
                "\\ue000"
            })
    void eight_spellings_of_an_e_mail_are_one_account(String invisible) {
        refusedAt("email", signUp("a" + invisible + mail, Shop.PASSWORD, "Some One"));
        refusedAt("name", signUp(mail, Shop.PASSWORD, "Some" + invisible + " One"));
        refusedAt("title", lists(shop.seller().client(), "Ti" + invisible + "tle", "", "Tests"));
        refusedAt("category", lists(shop.seller().client(), "Title", "", "Te" + invisible + "sts"));
    }

    @ParameterizedTest
    @CsvSource({"\\u0000", "\\u0007", "\\u0085", "\\n"})
    void control_characters_are_refused_in_names_and_titles(String control) {
        refusedAt("name", signUp(mail, Shop.PASSWORD, "Some" + control + "One"));
        refusedAt("title", lists(shop.seller().client(), "Ti" + control + "tle", "", "Tests"));
    }

    @Test
    void titles_may_have_emoji_and_descriptions_lines() {
        Answer listed = lists(
                        shop.seller().client(),
                        "\\u2764\\ufe0f \\ud83d\\udc69\\u200d\\ud83c\\udf3e",
                        "One.\\r\\n\\tTwo\\u200c.",
                        "Tests")
                .hasStatus(201);

        assertThat(listed.at("/title")).isEqualTo("\u2764\uFE0F \uD83D\uDC69\u200D\uD83C\uDF3E");
        assertThat(listed.at("/description")).isEqualTo("One.\r\n\tTwo\u200C.");
    }

    @Test
    void the_answer_to_a_sign_up_has_the_texts_as_they_are_stored() {
        Answer signedUp = signUp("\uFF21" + mail.toUpperCase(Locale.ROOT), Shop.PASSWORD, "\u00A0Rene\u0301 ")
                .hasStatus(201);

        assertThat(signedUp.at("/email")).isEqualTo("a" + mail);
        assertThat(signedUp.at("/name")).isEqualTo("Ren\u00E9");
        Client client = shop.signedIn("a" + mail, Shop.PASSWORD).client();
        assertThat(client.get("/api/v1/customers/me").at("/name")).isEqualTo("Ren\u00E9");
    }

    @Test
    void grpc_refuses_and_names_the_same() throws Exception {
        ManagedChannel channel = Grpc.newChannelBuilder(kontor.grpc(), InsecureChannelCredentials.create())
                .build();
        try {
            Channel seller = GrpcCalls.withToken(channel, shop.seller().client().token());
            ListProductRequest product = ListProductRequest.newBuilder()
                    .setTitle("Ti\u200Btle")
                    .setCategory("Te\u0000sts")
                    .setDescription("\u0007")
                    .setPrice(Money.newBuilder().setAmount(100).setCurrency("EUR"))
                    .build();

            StatusRuntimeException refused = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> CatalogCommandsGrpc.newBlockingStub(seller).listProduct(product));

            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(StatusProto.fromThrowable(refused)
                            .getDetails(1)
                            .unpack(BadRequest.class)
                            .getFieldViolationsList())
                    .extracting(BadRequest.FieldViolation::getField)
                    .containsExactly("title", "description", "category");
        } finally {
            assertThat(channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
