package dev.kontor.api.identity;

import dev.kontor.api.Text;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form in which it is compared: NFKC, lower case, at most 254 characters.
 */
public record EmailAddress(String value) {

    private static final Pattern SHAPE =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[^\\s@<>\"(),:;\\[\\]\\\\]+\\.[^\\s@.<>\"(),:;\\[\\]\\\\]+");

    public EmailAddress {
        value = Text.check(inOneForm(Text.check(value, 3, 254)), 3, 254);
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("must be an e-mail address");
        }
    }

    /** Lower case can often be composed where upper case could not, so it is normalised once more. */
    private static String inOneForm(String given) {
        String lower = Normalizer.normalize(given, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
