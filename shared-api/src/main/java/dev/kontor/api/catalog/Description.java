package dev.kontor.api.catalog;

import dev.kontor.api.Text;
import dev.kontor.api.operations.Says;

/**
 * What a product says of itself.
 *
 * @param title 1 to 200 characters
 * @param text 0 to 5,000 characters
 * @param category 1 to 60 characters
 */
@Says("What a product says of itself.")
public record Description(String title, String text, String category) {

    public Description {
        title = checkTitle(title);
        text = checkText(text);
        category = checkCategory(category);
    }

    public static String checkTitle(String title) {
        return Text.check(title, 1, 200);
    }

    public static String checkText(String text) {
        return Text.check(text, 0, 5_000);
    }

    public static String checkCategory(String category) {
        return Text.check(category, 1, 60);
    }
}
