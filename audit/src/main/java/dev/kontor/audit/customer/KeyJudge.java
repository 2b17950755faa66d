package dev.kontor.audit.customer;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.KeySource;
import dev.kontor.audit.NumberedIds;
import java.util.BitSet;

/**
 * Every account that was not erased has a key: without it its e-mail and name cannot be read, and its owner cannot sign
 * in. A destroyed key counts: the log may be older than the erasure.
 */
public final class KeyJudge implements Judge {

    private static final String OF_CUSTOMER = "customer/";

    private final KeySource keys;
    private final Findings findings;
    private final NumberedIds customers = new NumberedIds();
    private final BitSet open = new BitSet();

    public KeyJudge(KeySource keys, Findings findings) {
        this.keys = keys;
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "customer.CustomerRegistered" -> {
                findings.checked(Invariant.ACCOUNTS);
                open.set(customers.of(event.aggregateId()));
            }
            case "customer.CustomerErased" -> open.clear(customers.of(event.aggregateId()));
            default -> {}
        }
    }

    @Override
    public void end(long now) {
        keys.forEachName(name -> {
            if (name.startsWith(OF_CUSTOMER)) {
                int customer = customers.find(name.substring(OF_CUSTOMER.length()));
                if (customer >= 0) {
                    open.clear(customer);
                }
            }
        });
        open.stream()
                .forEach(customer -> findings.violation(
                        Invariant.ACCOUNTS,
                        -1,
                        "Customer " + customers.uuid(customer),
                        "has no key and was not erased: its owner cannot sign in. Erase it to free its e-mail"));
    }
}
