package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameter {@code expand}: resources that an answer shows beside its own. Each kind is read with one call, whatever
 * their number.
 *
 * @param kinds the kinds that are shown as well
 */
public record Expand(Set<String> kinds) {

    /** The products of all lines. */
    public static final String PRODUCTS = "products";

    /** The customer of an order. */
    public static final String CUSTOMER = "customer";

    /** Only the resource itself. */
    public static final Expand NOTHING = new Expand(Set.of());

    public Expand {
        kinds = Set.copyOf(kinds);
    }

    /**
     * @param parameter kinds, separated by commas; empty for none
     * @param known the kinds that the resource has
     * @throws RefusedException if it has another one
     */
    public static Expand of(String parameter, List<String> known) {
        if (parameter.isEmpty()) {
            return NOTHING;
        }
        Set<String> kinds = new TreeSet<>(Arrays.asList(parameter.split(",", -1)));
        if (!known.containsAll(kinds)) {
            throw RefusedException.invalid("expand", "must be a list of: " + String.join(", ", known));
        }
        return new Expand(kinds);
    }

    public boolean has(String kind) {
        return kinds.contains(kind);
    }
}
