package dev.kontor.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * What texts may hold, and the two forms that each has. The <em>stored</em> form is what a client sent in Unicode's form C,
 * without white space at its ends. The <em>compared</em> form is what every search, filter, sort and equality uses: form KC,
 * without letter case and invisible characters, with one space for each run of white space. Lengths are in UTF-16 code units
 * of the stored form.
 */
public final class Text {

    /** The most that form C ever makes one character out of. A longer text is not looked at any further. */
    private static final int LARGEST_SHRINKAGE = 4;

    private Text() {}

    /**
     * Checks what is in a log already, or is an opaque name: bounds and control characters alone. These rules never get
     * narrower, because stored texts are read through them.
     *
     * @return the text without white space at its ends
     * @throws IllegalArgumentException where the trimmed text is shorter or longer, or holds control characters
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
     * The stored form of a text of one line, such as a name or a title: what is in it can be seen. Joiners and variation
     * selectors are taken within emoji, which cannot be written without them.
     *
     * @throws IllegalArgumentException where it is shorter or longer, or holds anything else
     */
    public static String line(String text, int shortest, int longest) {
        String trimmed = trimmed(text, longest);
        checkVisible(trimmed, true);
        return stored(trimmed, shortest, longest);
    }

    /**
     * The stored form of a text that may have several lines, such as a description: tabs and invisible characters are taken,
     * other control characters are not.
     *
     * @throws IllegalArgumentException where it is shorter or longer, or holds anything else
     */
    public static String lines(String text, int shortest, int longest) {
        String trimmed = trimmed(text, longest);
        checkCharacters(trimmed);
        return stored(trimmed, shortest, longest);
    }

    /**
     * The compared form of what is searched for; empty where nothing is.
     *
     * @throws IllegalArgumentException where it is longer, or holds control characters
     */
    public static String searched(String text, int longest) {
        String trimmed = trimmed(text, longest);
        checkCharacters(trimmed);
        if (trimmed.length() > longest) {
            throw new IllegalArgumentException("must have at most %,d characters".formatted(longest));
        }
        return compared(trimmed);
    }

    /** The stored form of a text that was checked already. */
    public static String stored(String text) {
        return Normalizer.normalize(trim(text), Form.NFC);
    }

    /** What may be shown of a text that nobody has to be refused for, such as a device's name: the rest is left out. */
    public static String shown(String text, int atMost) {
        return trim(text.codePoints()
                .filter(Characters::isVisible)
                .limit(atMost)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /** The form in which a text is compared. */
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
     * The same, no longer than this: some characters stand for many.
     *
     * @param atMost in UTF-16 code units; a character that would be cut is left out
     */
    public static String compared(String text, int atMost) {
        String compared = compared(text);
        if (compared.length() <= atMost) {
            return compared;
        }
        return compared.substring(0, Character.isHighSurrogate(compared.charAt(atMost - 1)) ? atMost - 1 : atMost);
    }

    /** Whether no half of a surrogate pair stands alone: only such a text can be written as UTF-8 and read again. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(Characters::isSurrogate);
    }

    /**
     * Checks that a text of one line can be seen as it is, without exceptions.
     *
     * @throws IllegalArgumentException where it cannot
     */
    static void checkVisible(String text) {
        checkVisible(text, false);
    }

    /** By upper case, where one letter may become two and two of lower case one; without what cannot be seen. */
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
