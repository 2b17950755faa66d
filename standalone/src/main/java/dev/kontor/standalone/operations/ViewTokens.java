package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far views have read the log, by their stored tokens. */
public final class ViewTokens {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Long> positions = new HashMap<>();

    /**
     * Adds one token. A view with several segments counts with its slowest one.
     *
     * @param token as stored, null for the beginning of the log
     * @throws UnreadableViewsException if it cannot be read
     */
    public void read(String view, byte[] token) {
        positions.merge(view, positionOf(view, token), Math::min);
    }

    private static long positionOf(String view, byte[] token) {
        if (token == null) {
            return -1;
        }
        try {
            JsonNode json = JSON.readTree(token);
            // During a rebuild, its progress counts; the token also has the position before the reset.
            JsonNode current = json.has("tokenAtReset") ? json.path("currentToken") : json;
            return current.isNull() || current.isMissingNode()
                    ? -1
                    : current.required("globalIndex").asLong();
        } catch (JacksonException e) {
            throw new UnreadableViewsException("The token of view %s cannot be read".formatted(view), e);
        }
    }

    /** -1 if the view has read nothing, empty if it has no token. */
    public OptionalLong position(String view) {
        Long position = positions.get(view);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** Whether no view has fallen behind its earlier position. */
    public boolean isNotBehind(ViewTokens then) {
        return then.positions.entrySet().stream()
                .allMatch(view ->
                        positions.containsKey(view.getKey()) && positions.get(view.getKey()) >= view.getValue());
    }
}
