package dev.kontor.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The canonical form of e-mail addresses, in which they are stored, compared, counted and hashed. It can never change,
 * because logs contain hashes of addresses.
 */
public final class EmailForm {

    public static final int LONGEST = 254;

    private static final int SHORTEST = 3;
    private static final Pattern SHAPE =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[^\\s@<>\"(),:;\\[\\]\\\\]+\\.[^\\s@.<>\"(),:;\\[\\]\\\\]+");

    private EmailForm() {}

    /**
     * Form KC, in lower case, without surrounding white space.
     *
     * @throws IllegalArgumentException if the text is not an e-mail address
     */
    public static String of(String given) {
        String address = Text.check(inOneForm(Text.check(given, SHORTEST, LONGEST)), SHORTEST, LONGEST);
        if (!SHAPE.matcher(address).matches()) {
            throw new IllegalArgumentException("must be an e-mail address");
        }
        return address;
    }

    /**
     * The form of a new address. Addresses that were stored by older versions may contain characters that this refuses.
     *
     * @throws IllegalArgumentException if the text is not an e-mail address, or contains invisible characters
     */
    public static String ofNew(String given) {
        String address = of(given);
        Text.checkVisible(address);
        if (address.chars().anyMatch(Characters::isSpace)) {
            throw new IllegalArgumentException("must be an e-mail address");
        }
        return address;
    }

    /** The same for all texts that sign in to the same account; also defined for texts that are not an address. */
    public static String ofAny(String given) {
        try {
            return of(given);
        } catch (IllegalArgumentException noAccountHasIt) {
            return given.substring(0, Math.min(given.length(), LONGEST));
        }
    }

    /** Normalised again, because some lower-case letters can be composed whose upper case cannot. */
    private static String inOneForm(String given) {
        String lower = Normalizer.normalize(given, Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Form.NFKC);
    }
}
