package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Malformed requests are answered as errors of the client, and not logged. */
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestTest extends GatewayTest {

    private static final String BODY = "{\"email\":\"a@example.com\",\"password\":\"a long secret\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT /api/v1/catalog/products HTTP/1.1",
                "CONNECT example.com:443 HTTP/1.1",
                "GET /api/v1/catalog/products HTTP/9.9",
                "GET /api/v1/catalog/products HTTP/1.9",
                "GET /api/v1/catalog/products HTTP/1.1\r\nTransfer-Encoding: foo",
                "GET /api/v1/catalog/products HTTP/1.1\r\nTransfer-Encoding: chunked, foo",
                "GET /api/v1/catalog/products HTTP/1.1\r\nExpect: foo",
                "GET /api/v1/catalog/products HTTP/1.1\r\nContent-Length: x",
                "GET /api/v1/catalog/products HTTP/1.1\r\nContent-Length: -1",
                "GET /api/v1/catalog/products HTTP/1.1\r\nHost: twice",
                "GET /swagger-ui/index.html HTTP/1.1\r\nRange: bytes=9-1",
            })
    void a_request_that_is_invalid_in_http_is_refused(String head, CapturedOutput output) throws IOException {
        isRefused(head + "\r\n", "", output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-Agent",
                "Prefer",
                "Content-Type",
                "Range",
                "If-Range",
                "If-Match",
                "If-Modified-Since",
                "Accept",
                "Accept-Language",
                "Authorization",
                "Idempotency-Key",
                "Origin",
                "Cookie",
                "X-Request-Id",
                "X-Forwarded-For"
            })
    void an_invalid_byte_in_a_header_is_refused(String header, CapturedOutput output) throws IOException {
        isRefused("GET /swagger-ui/index.html HTTP/1.1\r\n" + header + ": a\u0081b\r\n", "", output);
        String length = "Content-Length: " + BODY.length() + "\r\n";
        String type = header.equals("Content-Type") ? "" : "Content-Type: application/json\r\n";
        isRefused("POST /api/v1/auth/signin HTTP/1.1\r\n" + header + ": \u0081\r\n" + type + length, BODY, output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search",
                "category",
                "seller",
                "sort",
                "minPrice",
                "maxPrice",
                "pageSize",
                "pageToken",
                "unknown"
            })
    void a_control_character_in_any_parameter_is_refused(String parameter, CapturedOutput output) throws IOException {
        for (String value : new String[] {"%00", "a%00b", "%1F", "%7f"}) {
            isRefused("GET /api/v1/catalog/products?" + parameter + "=" + value + " HTTP/1.1\r\n", "", output);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/catalog/products/%00",
                "/api/v1/orders/a%00b",
                "/%00",
                "/api/v1/catalog/products?a%00b=1",
                "/api/v1/catalog/products?search=%ff%fe"
            })
    void a_control_character_in_the_path_or_a_name_is_refused(String path, CapturedOutput output) throws IOException {
        isRefused("GET " + path + " HTTP/1.1\r\n", "", output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/catalog/products",
                "/api/v1/nothing",
                "/actuator/health",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/nothing"
            })
    void an_unreadable_accept_header_is_refused(String path, CapturedOutput output) throws IOException {
        for (String accept :
                new String[] {"nonsense", "*/", "a/b, c", "application/json;q=2", "application/json; charset=foo"}) {
            isRefused("GET " + path + " HTTP/1.1\r\nAccept: " + accept + "\r\n", "", output);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/*+json",
                "application/json; charset=foo",
                "application/json; a=\"b",
                ";",
                ","
            })
    void an_invalid_content_type_is_refused(String type, CapturedOutput output) throws IOException {
        String head = " HTTP/1.1\r\nContent-Type: " + type + "\r\nContent-Length: " + BODY.length() + "\r\n";
        for (String path : new String[] {"signin", "signup", "refresh", "signout"}) {
            isRefused("POST /api/v1/auth/" + path + head, BODY, output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "%2316", "1e1", "1.0", "+5", "%2B5", "1%205", "%20", "%0a", "%D9%A5", "--5", "5l"})
    void an_invalid_number_in_the_query_is_refused(String number) {
        for (String name : new String[] {"pageSize", "minPrice", "maxPrice"}) {
            send("GET", "/api/v1/catalog/products?" + name + "=" + number)
                    .satisfies(problem(Problem.INVALID_REQUEST))
                    .namesField(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "1", "TRUE", "no", "off", "0", "%20true", "t"})
    void an_invalid_boolean_in_the_query_is_refused(String value) {
        sendAs(ADMIN, "GET", "/api/v1/orders?all=" + value)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("all");
    }

    @Test
    void invalid_chunks_are_refused(CapturedOutput output) throws IOException {
        isRefused(
                "POST /api/v1/auth/signin HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                "zz\r\n",
                output);
    }

    @Test
    void json_of_too_many_values_is_refused_before_it_becomes_objects() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[" + "{},".repeat(349_000) + "{}]}")
                .satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void json_that_is_nested_too_deeply_is_refused_also_in_unknown_members() {
        sendJsonAs(CUSTOMER, "POST", "/api/v1/orders", "{\"lines\":[],\"x\":" + "[".repeat(100_000))
                .satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void json_with_a_text_or_number_longer_than_any_valid_one_is_refused() {
        sendJsonAs(
                        CUSTOMER,
                        "POST",
                        "/api/v1/orders",
                        "{\"lines\":[{\"productId\":\"" + "x".repeat(500_000) + "\",\"quantity\":1}]}")
                .satisfies(problem(Problem.INVALID_REQUEST));
        sendJsonAs(
                        CUSTOMER,
                        "POST",
                        "/api/v1/orders",
                        "{\"lines\":[{\"productId\":\"p\",\"quantity\":" + "9".repeat(500_000) + "}]}")
                .satisfies(problem(Problem.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void a_body_in_another_unicode_encoding_than_utf_8_is_refused(String encoding) {
        byte[] body = "{\"lines\":[]}".getBytes(Charset.forName(encoding));

        sendStreamAs(CUSTOMER, "POST", "/api/v1/orders", () -> new ByteArrayInputStream(body))
                .satisfies(problem(Problem.MALFORMED_REQUEST));
    }

    @Test
    void a_byte_order_mark_is_refused() {
        byte[] body = "\ufeff{\"lines\":[]}".getBytes(StandardCharsets.UTF_8);

        sendStreamAs(CUSTOMER, "POST", "/api/v1/orders", () -> new ByteArrayInputStream(body))
                .satisfies(problem(Problem.MALFORMED_REQUEST));
    }

    private void isRefused(String head, String body, CapturedOutput output) throws IOException {
        try (RawClient client = new RawClient(port)) {
            String answer = client.send(head + "Host: localhost\r\nConnection: close\r\n\r\n" + body)
                    .untilClosed();

            assertThat(answer)
                    .matches("(?s)HTTP/1.1 4\\d\\d .*")
                    .contains("Content-Type: application/problem+json", "X-Request-Id: ", "urn:kontor:problem:");
            assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ");
        }
    }
}
