package dev.kontor.gateway;

import dev.kontor.testsupport.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway as a separate process, with its own settings, on free ports. */
final class RunningGateway implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    /** @param settings as arguments, such as {@code --kontor.command-side=list:///127.0.0.1:9091} */
    RunningGateway(String... settings) {
        this(new String[0], settings);
    }

    RunningGateway(String[] profiles, String... settings) {
        SpringApplication application = GatewayApplication.application();
        if (profiles.length > 0) {
            List<String> all = new ArrayList<>(List.of(profiles));
            all.add(GatewayApplication.PROFILE);
            application.setAdditionalProfiles(all.toArray(String[]::new));
        }
        List<String> arguments = new ArrayList<>(List.of(settings));
        if (!List.of(profiles).contains("mtls")) {
            arguments.add("--KONTOR_GATEWAY_KEY=cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=");
        }
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        context = application.run(arguments.toArray(String[]::new));
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer getAs(String token, String path) {
        return get(path, "Authorization", "Bearer " + token);
    }

    Answer sendAs(String token, String method, String path, String json) {
        return send(method, path, json, "Authorization", "Bearer " + token);
    }

    /** A sign-up with an empty body. */
    Answer signUp(String... headers) {
        return send("POST", "/api/v1/auth/signup", "{}", headers);
    }

    /** Does not wait for the answer. */
    Answer sendAsyncAs(String token, String method, String path, String json) {
        return send(method, path, json, "Authorization", "Bearer " + token, "Prefer", "respond-async");
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A request to the port of health and metrics. */
    Answer manage(String path) {
        return Answer.to(request("local.management.port", path).build(), CLIENT);
    }

    private Answer send(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = request("local.server.port", path);
        if (json.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(json)).header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Answer.to(request.build(), CLIENT);
    }

    private HttpRequest.Builder request(String port, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty(port) + path));
    }

    @Override
    public void close() {
        context.close();
    }
}
