package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private final Change change = new Change();

    @Test
    void theLastValueOfAFieldIsTheOneThatIsWritten() {
        change.set("stock", 1L).set("stock", 2L);

        assertThat(change.update()).isEqualTo(set(new Document("stock", 2L)));
    }

    @Test
    void aFieldWithinASubDocumentThatIsSetAsAWholeBecomesPartOfTheWhole() {
        change.set("items", new Document("a", 1L)).set("items.b", 2L).unset("items.a");

        assertThat(change.update()).isEqualTo(set(new Document("items", new Document("b", 2L))));
    }

    @Test
    void settingTheWholeForgetsWhatWasDoneWithinBefore() {
        change.set("items.a", 1L).unset("items.b").set("items", new Document());

        assertThat(change.update()).isEqualTo(set(new Document("items", new Document())));
    }

    @Test
    void whatIsUnsetAndSetAgainIsSet() {
        change.set("items.a", 1L).unset("items.a").set("items.a", 3L);

        assertThat(change.update()).isEqualTo(set(new Document("items.a", 3L)));
    }

    @Test
    void membersOfAnArrayAreAddedOnceEachInTheOrderTheyCame() {
        change.member("days", "b").member("days", "a").member("days", "b");

        assertThat(change.update())
                .isEqualTo(new Document("$addToSet", new Document("days", new Document("$each", List.of("b", "a")))));
    }

    private static Document set(Document fields) {
        return new Document("$set", fields);
    }
}
