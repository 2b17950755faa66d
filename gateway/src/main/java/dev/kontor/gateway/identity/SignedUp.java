package dev.kontor.gateway.identity;

/** A customer just made; self-service never makes an admin. */
record SignedUp(String id, String email, String name, String role) {

    static SignedUp of(String id, SignUp signUp) {
        return new SignedUp(id, signUp.email(), signUp.name(), "CUSTOMER");
    }
}
