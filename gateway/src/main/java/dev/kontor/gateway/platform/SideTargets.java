package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.GatewayProof;
import io.grpc.NameResolverRegistry;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where the sides are, as the settings say. */
@Component
public class SideTargets {

    public static final String COMMAND_SIDE = "command-side";
    public static final String QUERY_SIDE = "query-side";

    private static final String IN_PROCESS = "in-process:";

    private final Environment settings;

    SideTargets(Environment settings) {
        this.settings = settings;
    }

    /** Of a side by its name; the name itself where nothing is said. */
    String of(String side) {
        return settings.getProperty("spring.grpc.client.channel." + side + ".target", side);
    }

    /** Whether both sides are one server, as in the one JVM: then what one answers, the other would answer again. */
    public boolean areOne() {
        return of(COMMAND_SIDE).equals(of(QUERY_SIDE));
    }

    /**
     * What the calls to a side show to be a gateway's; empty over mutual TLS, where the certificate may be enough.
     *
     * @throws UnusableProof where there is neither, or the secret is none
     */
    Optional<GatewayProof> proofFor(String side) {
        String secret = settings.getProperty(GatewayProof.SETTING, "");
        if (!secret.isBlank()) {
            try {
                return Optional.of(GatewayProof.of(secret));
            } catch (IllegalStateException e) {
                throw new UnusableProof(e.getMessage());
            }
        }
        if (settings.getProperty("spring.grpc.client.channel." + side + ".ssl.bundle", "")
                .isBlank()) {
            throw new UnusableProof(
                    ("%s is empty, so the sides cannot tell this gateway from others. Give all processes the same one"
                                    + " (openssl rand -base64 32), or turn mutual TLS on (docs/security.md).")
                            .formatted(GatewayProof.SETTING));
        }
        return Optional.empty();
    }

    static boolean isInProcess(String target) {
        return target.startsWith(IN_PROCESS);
    }

    /** @throws UnusableTarget where nobody could dial it */
    static void check(String side, String target) {
        int colon = target.indexOf(":/");
        String scheme = colon < 0 ? "dns" : target.substring(0, colon);
        // "static" and "tcp" are Boot's own words for an address as it stands.
        boolean isKnown = scheme.equals("static")
                || scheme.equals("tcp")
                || NameResolverRegistry.getDefaultRegistry().getProviderForScheme(scheme) != null;
        if (!isKnown || target.isBlank()) {
            throw new UnusableTarget(side, target, "nobody here knows what \"%s\" means".formatted(scheme));
        }
    }
}
