package dev.kontor.command.identity;

/** A signing key was revoked: holders of a token that it signed need another. Published once, inside the process. */
public record SigningKeyRevokedNotice(String kid) {}
