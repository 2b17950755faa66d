package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.ShownLimit;
import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.Rate;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Limits the calls that have limits of their own: attempts to authenticate, successful or not, by the client's address
 * and by account, and prices for guests. It stores the name of an account as a hash, with a random salt of this process.
 * Each gateway counts on its own.
 */
final class RateLimits {

    /** The counted attempts and their paths. */
    enum Try {
        SIGN_UP("/api/v1/auth/signup"),
        SIGN_IN("/api/v1/auth/signin"),
        REFRESH("/api/v1/auth/refresh"),
        PASSWORD("/api/v1/customers/me/password"),
        QUOTE("/api/v1/catalog/quote");

        private final String path;

        Try(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        /** The name of the limit in headers. */
        String shownAs() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Try, ShownLimit> perAddress = new EnumMap<>(Try.class);
    private final Map<Try, ShownLimit> perAccount = new EnumMap<>(Try.class);
    private final byte[] salt = new byte[16];

    RateLimits(LimitSettings settings, TimeMeter time) {
        for (Try counted : Try.values()) {
            perAddress.put(counted, limit(counted.shownAs(), perAddress(counted, settings), time));
            perAccount.put(counted, limit(counted.shownAs() + "-account", perAccount(counted, settings), time));
        }
        new SecureRandom().nextBytes(salt);
    }

    private static ShownLimit limit(String name, Rate rate, TimeMeter time) {
        return new ShownLimit(name, RateLimiter.steady(rate, time));
    }

    private static Rate perAddress(Try counted, LimitSettings settings) {
        return switch (counted) {
            case SIGN_UP -> settings.signUp().perAddress();
            case SIGN_IN -> settings.signIn().perAddress();
            case REFRESH -> settings.refresh().perAddress();
            case PASSWORD -> Rate.OFF;
            case QUOTE -> settings.quote().perAddress();
        };
    }

    private static Rate perAccount(Try counted, LimitSettings settings) {
        return switch (counted) {
            case SIGN_UP, SIGN_IN, QUOTE -> Rate.OFF;
            case REFRESH -> settings.refresh().perAccount();
            case PASSWORD -> settings.password().perAccount();
        };
    }

    /**
     * Counts an attempt from this address.
     *
     * @throws RefusedException as {@link ShownLimit#take} does
     */
    void byAddress(Try counted, String address) {
        perAddress.get(counted).take(ClientNetwork.of(address));
    }

    /**
     * Counts an attempt on this account.
     *
     * @throws RefusedException as {@link ShownLimit#take} does
     */
    void byAccount(Try counted, String account) {
        perAccount.get(counted).take(hash(account));
    }

    /** By network as well: account names are not secret, and other clients must not use up the attempts. */
    void byAccountInNetwork(Try counted, String account) {
        byAccount(counted, account + " " + ClientNetwork.current().orElse(""));
    }

    private String hash(String account) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return HexFormat.of().formatHex(sha.digest(account.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
