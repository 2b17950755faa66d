package dev.kontor.gateway.operations;

import io.grpc.NameResolverRegistry;
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

    /** Whether both sides are one server, as in the one JVM: then what one tells, the other would tell again. */
    public boolean areOne() {
        return of(COMMAND_SIDE).equals(of(QUERY_SIDE));
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
