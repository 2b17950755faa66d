package dev.kontor.api;

/** Checks of text that value types share. Lengths are in UTF-16 code units, after trimming. */
public final class Text {

    private Text() {}

    /** @throws IllegalArgumentException where the trimmed text is shorter or longer, or holds control characters */
    public static String check(String text, int shortest, int longest) {
        String trimmed = text == null ? "" : text.strip();
        if (trimmed.length() < shortest || trimmed.length() > longest) {
            throw new IllegalArgumentException("must have %d to %,d characters".formatted(shortest, longest));
        }
        if (trimmed.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw new IllegalArgumentException("must not hold control characters");
        }
        return trimmed;
    }
}
