package dev.kontor.gateway.identity;

import dev.kontor.text.EmailForm;
import dev.kontor.text.Text;

/** A new customer, with e-mail and name as they are stored. A sign-up never creates an admin. */
record SignedUp(String id, String email, String name, String role) {

    static SignedUp of(String id, SignUpJson signUp) {
        return new SignedUp(id, EmailForm.of(signUp.email()), Text.stored(signUp.name()), "CUSTOMER");
    }
}
