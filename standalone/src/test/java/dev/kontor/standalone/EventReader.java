package dev.kontor.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events, as the WHATWG's specification says. */
public final class EventReader implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();

    /** An event of a stream; an event without data has a missing node. */
    public record Event(String id, String name, JsonNode data) {}

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().name("events").start(this::read);
    }

    public int status() {
        return response.statusCode();
    }

    /** The next event; fails if the stream ends. */
    public Event next() {
        return poll().orElseThrow(() -> new AssertionError("the stream has ended"));
    }

    /** Waits for the end of the stream; fails if there is another event. */
    public void awaitEnd() {
        poll().ifPresent(event -> {
            throw new AssertionError("one more event: " + event);
        });
    }

    private Optional<Event> poll() {
        try {
            Optional<Event> event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("neither an event nor an end");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            boolean hasData = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && hasData) {
                    events.add(Optional.of(new Event(id, name, JSON.readTree(data.toString()))));
                    data.setLength(0);
                    hasData = false;
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length()).stripLeading());
                    hasData = true;
                }
            }
        } catch (IOException closed) {
            // By this client, or by the server: the stream has ended.
        }
        events.add(Optional.empty());
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new NoAnswer("the end of a stream", e);
        }
    }
}
