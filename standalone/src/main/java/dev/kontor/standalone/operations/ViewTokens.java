package dev.kontor.standalone.operations;

import dev.kontor.audit.UnreadableViewsException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far views have read the log, as their stored tokens say. */
public final class ViewTokens {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Long> positions = new HashMap<>();

    /**
     * Takes one token into account. A view with several segments has read what the slowest of them has.
     *
     * @param token as it is stored, null for the beginning of the log
     * @throws UnreadableViewsException where it cannot be read
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
            // While it is rebuilt, how far that is; where it was before, is beside.
            JsonNode current = json.has("tokenAtReset") ? json.path("currentToken") : json;
            return current.isNull() || current.isMissingNode()
                    ? -1
                    : current.required("globalIndex").asLong();
        } catch (JacksonException e) {
            throw new UnreadableViewsException("The token of view %s cannot be read".formatted(view), e);
        }
    }

    /** -1 where the view says that it has read nothing, empty where it says nothing. */
    public OptionalLong position(String view) {
        Long position = positions.get(view);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** Whether none of the views that said something then says less now, or nothing. */
    public boolean isNotBehind(ViewTokens then) {
        return then.positions.entrySet().stream()
                .allMatch(view ->
                        positions.containsKey(view.getKey()) && positions.get(view.getKey()) >= view.getValue());
    }
}
