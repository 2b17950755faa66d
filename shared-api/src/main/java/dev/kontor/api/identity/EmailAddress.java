package dev.kontor.api.identity;

import dev.kontor.text.EmailForm;

/** A normalised e-mail address, see {@link EmailForm}: at most 254 characters. */
public record EmailAddress(String value) {

    /** For an address that an account may already have: any characters are accepted. */
    public EmailAddress {
        value = EmailForm.of(value);
    }

    /**
     * For a new address of an account.
     *
     * @throws IllegalArgumentException if it is not an e-mail address, or contains invisible characters
     */
    public static EmailAddress ofNew(String given) {
        return new EmailAddress(EmailForm.ofNew(given));
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
