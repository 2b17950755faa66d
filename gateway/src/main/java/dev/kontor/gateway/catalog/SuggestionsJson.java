package dev.kontor.gateway.catalog;

import dev.kontor.proto.catalog.SuggestProductsResponse;
import dev.kontor.proto.catalog.Suggestion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What a shopper may mean by what is typed so far.
 *
 * @param items categories first, never absent
 */
@Schema(name = "Suggestions")
record SuggestionsJson(List<SuggestionJson> items) {

    /** @param kind whether to search for the text, or to filter by it */
    @Schema(name = "Suggestion")
    record SuggestionJson(String text, Kind kind) {}

    enum Kind {
        TITLE,
        CATEGORY
    }

    static SuggestionsJson of(SuggestProductsResponse found) {
        return new SuggestionsJson(found.getSuggestionsList().stream()
                .map(suggestion -> new SuggestionJson(
                        suggestion.getText(),
                        suggestion.getKind() == Suggestion.Kind.CATEGORY ? Kind.CATEGORY : Kind.TITLE))
                .toList());
    }
}
