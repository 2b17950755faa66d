package dev.kontor.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * The valid characters of texts, and their two forms. The <em>stored</em> form is Unicode's form C, without surrounding
 * white space. The <em>compared</em> form is used by every search, filter, sort and equality: form KC, without letter
 * case and invisible characters, with one space for each run of white space. Lengths are in UTF-16 code units: of the
 * stored form, and of a searched text as it is given.
 */
public final class Text {

    /** Form C composes at most this many code units to one. A longer text is refused without normalisation. */
    private static final int LARGEST_SHRINKAGE = 4;

    private Text() {}

    /**
     * Checks the length and the control characters of a stored text or an opaque name. These rules never become
     * stricter, because stored texts have to pass them.
     *
     * @return the text without surrounding white space
     * @throws IllegalArgumentException if the trimmed text is shorter or longer, or contains control characters
     */
    public static String check(String text, int shortest, int longest) {
        String trimmed = text == null ? "" : text.strip();
        checkLength(trimmed, shortest, longest);
        if (trimmed.chars().anyMatch(c -> Character.isISOControl(c) && !isLineBreakOrTab(c))) {
            throw new IllegalArgumentException("must not hold control characters");
        }
        return trimmed;
    }

    /**
     * The stored form of a single-line text, such as a name or a title, of visible characters. Joiners and variation
     * selectors are allowed within emoji.
     *
     * @throws IllegalArgumentException if it is shorter or longer, or contains other characters
     */
    public static String line(String text, int shortest, int longest) {
        String trimmed = trimmed(text, longest);
        checkVisible(trimmed, true);
        return stored(trimmed, shortest, longest);
    }

    /**
     * The stored form of a multi-line text, such as a description. Tabs and invisible characters are allowed, other
     * control characters are not.
     *
     * @throws IllegalArgumentException if it is shorter or longer, or contains other characters
     */
    public static String lines(String text, int shortest, int longest) {
        String trimmed = trimmed(text, longest);
        checkCharacters(trimmed);
        return stored(trimmed, shortest, longest);
    }

    /**
     * The compared form of a search; empty for none.
     *
     * @throws IllegalArgumentException if it is longer, or contains control characters
     */
    public static String searched(String text, int longest) {
        String trimmed = trimmed(text, longest);
        checkCharacters(trimmed);
        if (trimmed.length() > longest) {
            throw new IllegalArgumentException("must have at most %,d characters".formatted(longest));
        }
        return compared(trimmed);
    }

    /** The stored form of a text that has been checked. */
    public static String stored(String text) {
        return Normalizer.normalize(trim(text), Form.NFC);
    }

    /** The visible characters of a text that is never refused, such as a device's name. */
    public static String shown(String text, int atMost) {
        return trim(text.codePoints()
                .filter(Characters::isVisible)
                .limit(atMost)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /** The compared form. */
    public static String compared(String text) {
        String folded = Normalizer.normalize(folded(Normalizer.normalize(text, Form.NFKC)), Form.NFKC);
        StringBuilder compared = new StringBuilder(folded.length());
        boolean space = false;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (Characters.isSpace(c)) {
                space = !compared.isEmpty();
            } else {
                compared.append(space ? " " : "").append(c);
                space = false;
            }
        }
        return compared.toString();
    }

    /**
     * The compared form with a bound, because form KC replaces some characters by many.
     *
     * @param atMost in UTF-16 code units; a character that would be cut is omitted
     */
    public static String compared(String text, int atMost) {
        String compared = compared(text);
        if (compared.length() <= atMost) {
            return compared;
        }
        return compared.substring(0, Character.isHighSurrogate(compared.charAt(atMost - 1)) ? atMost - 1 : atMost);
    }

    /** Whether all surrogates are in pairs; other texts cannot be encoded as UTF-8. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(Characters::isSurrogate);
    }

    /**
     * Checks a single-line text, without the exceptions for emoji.
     *
     * @throws IllegalArgumentException if it contains invisible characters
     */
    static void checkVisible(String text) {
        checkVisible(text, false);
    }

    /** Case folding by way of upper case, in which for instance ß becomes SS; without invisible characters. */
    private static String folded(String text) {
        return lower(lower(text).toUpperCase(Locale.ROOT));
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Characters.isInvisible(c))
                .map(Character::toLowerCase)
                .forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static String trimmed(String text, int longest) {
        String trimmed = text == null ? "" : trim(text);
        if (trimmed.length() > (long) longest * LARGEST_SHRINKAGE) {
            throw new IllegalArgumentException("must have at most %,d characters".formatted(longest));
        }
        return trimmed;
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Characters.isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && Characters.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String stored(String trimmed, int shortest, int longest) {
        String stored = stored(trimmed);
        checkLength(stored, shortest, longest);
        return stored;
    }

    private static void checkLength(String text, int shortest, int longest) {
        if (text.length() < shortest || text.length() > longest) {
            throw new IllegalArgumentException("must have %d to %,d characters".formatted(shortest, longest));
        }
    }

    private static void checkCharacters(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("must not hold half a surrogate pair");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && !isLineBreakOrTab(c))) {
            throw new IllegalArgumentException("must not hold control characters");
        }
    }

    private static void checkVisible(String text, boolean emoji) {
        checkCharacters(text);
        if (text.codePoints().anyMatch(Characters::breaksLines)) {
            throw new IllegalArgumentException("must not hold line breaks or tabs");
        }
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (!Characters.isVisible(characters[i]) && !(emoji && Characters.isPartOfEmoji(characters, i))) {
                throw new IllegalArgumentException("must not hold invisible or unknown characters");
            }
        }
    }

    private static boolean isLineBreakOrTab(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }
}
