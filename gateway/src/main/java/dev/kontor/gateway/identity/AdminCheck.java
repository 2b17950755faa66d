package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import org.springframework.stereotype.Component;

/** The access rule of operations that are for admins only, where it cannot depend on the path. */
@Component
public class AdminCheck {

    private final TokenCheck check;

    AdminCheck(TokenCheck check) {
        this.check = check;
    }

    /** @throws RefusedException unless the caller is an admin; a side has confirmed the token of a caller that is not */
    public void pass() {
        if (!Caller.required().isAdmin()) {
            throw refusal(check);
        }
    }

    /** The refusal of a caller that is no admin, once a side has confirmed that the caller's token is valid. */
    static RefusedException refusal(TokenCheck check) {
        try {
            check.pass();
            return new RefusedException(Problem.FORBIDDEN, "Only admins may do this");
        } catch (RefusedException refused) {
            return refused;
        }
    }
}
