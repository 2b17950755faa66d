package dev.kontor.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway as a separate process, with its own settings, on free ports. */
final class RunningGateway implements AutoCloseable {

    private static final HttpClient client = HttpClient.newHttpClient();

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
        return send("local.server.port", "GET", path, "", headers);
    }

    Answer getAs(String token, String path) {
        return get(path, "Authorization", "Bearer " + token);
    }

    Answer sendAs(String token, String method, String path, String json) {
        return send(
                "local.server.port",
                method,
                path,
                json,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    /** A sign-up with an empty body. */
    Answer signUp(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type");
        all.add("application/json");
        return send("local.server.port", "POST", "/api/v1/auth/signup", "{}", all.toArray(String[]::new));
    }

    /** Does not wait for the answer. */
    Answer sendAsyncAs(String token, String method, String path, String json) {
        return send(
                "local.server.port",
                method,
                path,
                json,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json",
                "Prefer",
                "respond-async");
    }

    /** A request to the port of health and metrics. */
    Answer manage(String path) {
        return send("local.management.port", "GET", path, "");
    }

    private Answer send(String port, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + context.getEnvironment().getProperty(port) + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
