package dev.kontor.command.identity;

/** A signing key was revoked: who keeps a token that it signed needs another. Told inside the process, once. */
public record SigningKeyRevokedNotice(String kid) {}
