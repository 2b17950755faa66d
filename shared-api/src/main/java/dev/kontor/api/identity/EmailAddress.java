package dev.kontor.api.identity;

import dev.kontor.text.EmailForm;

/** An e-mail address in its one form, see {@link EmailForm}: at most 254 characters. */
public record EmailAddress(String value) {

    /** For one that an account may have already: these are found whatever they hold. */
    public EmailAddress {
        value = EmailForm.of(value);
    }

    /**
     * For one that an account is to have from now on.
     *
     * @throws IllegalArgumentException where it is no e-mail address, or holds what cannot be seen
     */
    public static EmailAddress ofNew(String given) {
        return new EmailAddress(EmailForm.ofNew(given));
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
