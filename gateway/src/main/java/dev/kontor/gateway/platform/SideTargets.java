package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.GatewayProof;
import dev.kontor.grpc.platform.StartException;
import io.grpc.NameResolverRegistry;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The addresses of the sides, from the settings. */
@Component
public class SideTargets {

    public static final String COMMAND_SIDE = "command-side";
    public static final String QUERY_SIDE = "query-side";

    private static final String IN_PROCESS = "in-process:";

    private final Environment settings;

    SideTargets(Environment settings) {
        this.settings = settings;
    }

    /** The address of a side; by default its name. */
    String of(String side) {
        return settings.getProperty("spring.grpc.client.channel." + side + ".target", side);
    }

    /** Whether both sides are one server, as in the standalone process. */
    public boolean areOne() {
        return of(COMMAND_SIDE).equals(of(QUERY_SIDE));
    }

    public boolean isQuerySideInProcess() {
        return isInProcess(of(QUERY_SIDE));
    }

    /**
     * The secret that authenticates this gateway to a side; empty with mutual TLS, where the certificate may suffice.
     *
     * @throws StartException if there is neither, or if the secret is invalid
     */
    Optional<GatewayProof> proofFor(String side) {
        String secret = settings.getProperty(GatewayProof.SETTING, "");
        if (!secret.isBlank()) {
            return Optional.of(GatewayProof.of(secret));
        }
        if (settings.getProperty("spring.grpc.client.channel." + side + ".ssl.bundle", "")
                .isBlank()) {
            throw new StartException(
                    ("%s is empty, so the sides cannot authenticate this gateway. Give all processes the same value"
                                    + " (openssl rand -base64 32), or turn mutual TLS on (docs/security.md).")
                            .formatted(GatewayProof.SETTING));
        }
        return Optional.empty();
    }

    static boolean isInProcess(String target) {
        return target.startsWith(IN_PROCESS);
    }

    /** @throws StartException if gRPC has no resolver for it */
    static void check(String side, String target) {
        int colon = target.indexOf(":/");
        String scheme = colon < 0 ? "dns" : target.substring(0, colon);
        // "static" and "tcp" are Spring Boot's schemes for a literal address.
        boolean isKnown = scheme.equals("static")
                || scheme.equals("tcp")
                || NameResolverRegistry.getDefaultRegistry().getProviderForScheme(scheme) != null;
        if (!isKnown || target.isBlank()) {
            throw unusable(side, target, "\"%s\" is not a known scheme".formatted(scheme));
        }
    }

    static StartException unusable(String side, String target, String why) {
        return new StartException(
                ("kontor.%s (KONTOR_%s) is \"%s\", and %s. It looks like list:///host:9091,host:9091 or "
                                + "like dns:///name:9091.")
                        .formatted(side, side.toUpperCase(Locale.ROOT).replace('-', '_'), target, why));
    }
}
