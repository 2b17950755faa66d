package dev.kontor.gateway;

import dev.kontor.testsupport.Answer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The gateway alone, on a real port, in front of scripted sides. */
@SpringBootTest(
        classes = GatewayAlone.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.threads.virtual.enabled=true",
            "logging.level.org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver=OFF",
            "kontor.limits.sign-up.per-address=off",
            "kontor.limits.sign-in.per-address=off",
            "kontor.limits.refresh.per-address=off",
            "kontor.limits.refresh.per-account=off",
            "kontor.limits.password.per-account=off",
            "spring.grpc.client.channel.command-side.target=in-process:" + ScriptedSides.NAME,
            "spring.grpc.client.channel.query-side.target=in-process:" + ScriptedSides.NAME
        })
public abstract class GatewayTest {

    protected static final TestAuthority authority = TestAuthority.INSTANCE;
    // Created for each test: on a slow machine all tests together take longer than the lifetime of a token.
    protected final String CUSTOMER = authority.token("customer-1", "CUSTOMER");
    protected final String ADMIN = authority.token("admin-1", "ADMIN");

    private static final HttpClient client = HttpClient.newHttpClient();

    protected final ScriptedSides sides = ScriptedSides.INSTANCE;

    @LocalServerPort
    protected int port;

    @BeforeEach
    void forgetTheScript() {
        sides.forget();
    }

    /** A request without a token and without a body. */
    protected Answer send(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    protected Answer sendAs(String token, String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), withToken(token, headers));
    }

    /** A request without a token, of any content type. */
    protected Answer sendText(String method, String path, String text, String... headers) {
        return send(method, path, BodyPublishers.ofString(text), headers);
    }

    protected Answer sendJson(String method, String path, String json, String... headers) {
        return send(method, path, BodyPublishers.ofString(json), withJson(headers));
    }

    protected Answer sendJsonAs(String token, String method, String path, String json, String... headers) {
        return send(method, path, BodyPublishers.ofString(json), withToken(token, withJson(headers)));
    }

    protected Answer sendStreamAs(String token, String method, String path, Supplier<InputStream> body) {
        return send(method, path, BodyPublishers.ofInputStream(body), withToken(token, withJson()));
    }

    private Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Answer.to(request.build(), client);
    }

    private static String[] withJson(String... headers) {
        return with("Content-Type", "application/json", headers);
    }

    private static String[] withToken(String token, String... headers) {
        return with("Authorization", "Bearer " + token, headers);
    }

    private static String[] with(String name, String value, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}
