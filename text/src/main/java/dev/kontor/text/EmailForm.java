package dev.kontor.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one form of an e-mail address: it is stored in it, compared in it, counted in it and hashed in it. So it can never
 * change: the hashes of addresses are in logs.
 */
public final class EmailForm {

    public static final int LONGEST = 254;

    private static final int SHORTEST = 3;
    private static final Pattern SHAPE =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[^\\s@<>\"(),:;\\[\\]\\\\]+\\.[^\\s@.<>\"(),:;\\[\\]\\\\]+");

    private EmailForm() {}

    /**
     * Form KC, in lower case, without white space at its ends.
     *
     * @throws IllegalArgumentException where the text is no e-mail address
     */
    public static String of(String given) {
        String address = Text.check(inOneForm(Text.check(given, SHORTEST, LONGEST)), SHORTEST, LONGEST);
        if (!SHAPE.matcher(address).matches()) {
            throw new IllegalArgumentException("must be an e-mail address");
        }
        return address;
    }

    /**
     * The form of an address that is taken from now on. Addresses that were taken before may hold what this refuses.
     *
     * @throws IllegalArgumentException where the text is no e-mail address, or not all of it can be seen
     */
    public static String ofNew(String given) {
        String address = of(given);
        Text.checkVisible(address);
        if (address.chars().anyMatch(Characters::isSpace)) {
            throw new IllegalArgumentException("must be an e-mail address");
        }
        return address;
    }

    /** The same for every text that signs in to the same account, whether it is an address or not. */
    public static String ofAny(String given) {
        try {
            return of(given);
        } catch (IllegalArgumentException noAccountHasIt) {
            return given.substring(0, Math.min(given.length(), LONGEST));
        }
    }

    /** Lower case can often be composed where upper case could not, so it is normalised once more. */
    private static String inOneForm(String given) {
        String lower = Normalizer.normalize(given, Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Form.NFKC);
    }
}
