package dev.kontor.audit.catalog;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The compared form of a text in views: Unicode's form KC of its folded letters, without invisible characters, with one
 * space for each run of white space.
 */
final class ComparedText {

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F"
                    + "\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u2800\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB"
                    + "\\x{13430}-\\x{1343F}\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}]");

    private static final Pattern SPACE = Pattern.compile("[\\p{javaWhitespace}\\p{javaSpaceChar}]+");

    private ComparedText() {}

    static String of(String text) {
        String visible =
                INVISIBLE.matcher(Normalizer.normalize(text, Form.NFKC)).replaceAll("");
        String upper =
                INVISIBLE.matcher(lower(visible).toUpperCase(Locale.ROOT)).replaceAll("");
        String spaced =
                SPACE.matcher(Normalizer.normalize(lower(upper), Form.NFKC)).replaceAll(" ");
        return spaced.strip();
    }

    /** At most this many UTF-16 code units; a character that would be cut is left out. */
    static String of(String text, int atMost) {
        String compared = of(text);
        if (compared.length() <= atMost) {
            return compared;
        }
        int end = compared.offsetByCodePoints(0, compared.codePointCount(0, atMost));
        return compared.substring(0, end > atMost ? atMost - 1 : end);
    }

    private static String lower(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
