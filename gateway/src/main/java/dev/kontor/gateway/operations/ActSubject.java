package dev.kontor.gateway.operations;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.text.Text;

/**
 * What an act of an operator is done to, from the names in a request. A name that can name nothing is refused by the part
 * of the request that has it, and no act is recorded.
 */
final class ActSubject {

    /** Characters of one name; three of them fit a subject. */
    static final int LONGEST_NAME = 160;

    private final Violations violations = new Violations();
    private final StringBuilder text = new StringBuilder();

    private ActSubject() {}

    /** @param field the part of the request */
    static ActSubject of(String field, String name) {
        return new ActSubject().and("", field, name);
    }

    /** Adds another name behind a slash; null adds nothing. */
    ActSubject and(String field, String name) {
        return and("/", field, name);
    }

    ActSubject and(String separator, String field, String name) {
        if (name != null) {
            text.append(separator).append(violations.at(field, () -> Text.line(name, 1, LONGEST_NAME)));
        }
        return this;
    }

    /** @throws RefusedException with the parts that can name nothing */
    String text() {
        violations.refuseIfAny();
        return text.toString();
    }
}
