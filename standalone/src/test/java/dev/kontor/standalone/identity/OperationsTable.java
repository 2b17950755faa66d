package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Shop;
import dev.kontor.standalone.identity.Operation.Allowed;
import dev.kontor.standalone.identity.Operation.Who;
import java.util.Arrays;
import java.util.List;

/**
 * Every caller tries an operation: first those who may not, then, one after the other, those who may. The success of
 * these shows that the former were refused for who they are, and have changed nothing.
 */
final class OperationsTable {

    private final Shop shop;
    private OwnershipSetup shared;

    OperationsTable(Shop shop) {
        this.shop = shop;
    }

    void walk(Operation operation) {
        if (shared == null) {
            shared = OwnershipSetup.in(shop);
        }
        OwnershipSetup scene = operation.ends() ? fresh(operation) : shared;
        Allowed allowed = operation.allowed();
        List<Who> all = Arrays.asList(Who.values());
        for (Who who : all.stream().filter(who -> !allowed.allows(who)).toList()) {
            check(operation, who, scene);
        }
        for (Who who : all.stream().filter(allowed::allows).toList()) {
            check(operation, who, scene);
            if (operation.ends()) {
                scene = fresh(operation);
            }
        }
    }

    /** A caller who has ended their own session or account cannot be used again. */
    private OwnershipSetup fresh(Operation operation) {
        return operation.allowed() == Allowed.ONESELF ? shared.otherPeople(shop) : shared.anotherOwner(shop);
    }

    private static void check(Operation operation, Who who, OwnershipSetup scene) {
        assertThat(operation.act().by(scene.client(who), scene))
                .as("%s by %s".formatted(operation, who))
                .isEqualTo(Operation.expected(operation.allowed(), who));
    }
}
