package dev.kontor.api.catalog;

import dev.kontor.api.platform.DescribedAs;
import dev.kontor.text.Text;
import java.util.Objects;

/**
 * A product's description by its seller.
 *
 * @param title 1 to 200 characters
 * @param text 0 to 5,000 characters
 * @param category 1 to 60 characters
 */
@DescribedAs("A product's description by its seller.")
public record Description(String title, String text, String category) {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 5_000;
    private static final int LONGEST_CATEGORY = 60;

    /** Accepts all that was ever accepted, because the log is read through it. New descriptions are checked before. */
    public Description {
        title = Text.check(title, 1, LONGEST_TITLE);
        text = Text.check(text, 0, LONGEST_TEXT);
        category = Text.check(category, 1, LONGEST_CATEGORY);
    }

    /** Replaces what is not null. */
    public record Change(String title, String text, String category) {

        public Description over(Description before) {
            return new Description(
                    Objects.requireNonNullElse(title, before.title),
                    Objects.requireNonNullElse(text, before.text),
                    Objects.requireNonNullElse(category, before.category));
        }
    }

    /** @return the stored form @throws IllegalArgumentException as {@link Text#line} does */
    public static String checkTitle(String title) {
        return Text.line(title, 1, LONGEST_TITLE);
    }

    /** @return the stored form @throws IllegalArgumentException as {@link Text#lines} does */
    public static String checkText(String text) {
        return Text.lines(text, 0, LONGEST_TEXT);
    }

    /** @return the stored form @throws IllegalArgumentException as {@link Text#line} does */
    public static String checkCategory(String category) {
        return Text.line(category, 1, LONGEST_CATEGORY);
    }
}
