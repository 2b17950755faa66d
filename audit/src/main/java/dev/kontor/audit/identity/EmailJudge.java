package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.NumberedIds;
import java.util.Arrays;
import java.util.BitSet;

/**
 * An e-mail belongs to one customer at a time, and every customer has one until they are erased. A new one is claimed
 * and the old one released in one append, so customers are counted at the end.
 */
public final class EmailJudge implements Judge {

    private final Findings findings;
    private final NumberedIds emails = new NumberedIds();
    private final NumberedIds customers = new NumberedIds();
    /** By the number of the e-mail: that of its owner + 1, 0 while it is free. */
    private int[] owners = new int[1024];

    private final BitSet claiming = new BitSet();
    private final BitSet registered = new BitSet();
    private final BitSet erased = new BitSet();
    /** By the number of the customer: how many e-mails they have. */
    private int[] owned = new int[1024];

    public EmailJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "identity.EmailClaimed" -> claimed(event);
            case "identity.EmailReleased" -> released(event);
            case "customer.CustomerRegistered" -> registered.set(customers.of(event.aggregateId()));
            case "customer.CustomerErased" -> erased.set(customers.of(event.aggregateId()));
            default -> {}
        }
    }

    private void claimed(Event event) {
        findings.checked(Invariant.ACCOUNTS);
        int email = emailOf(event);
        int customer = customers.of(event.payload().text("customerId"));
        if (owners[email] != 0) {
            findings.violation(
                    Invariant.ACCOUNTS,
                    event,
                    "is claimed for customer %s while it belongs to customer %s"
                            .formatted(customers.uuid(customer), customers.uuid(owners[email] - 1)));
        }
        give(email, customer);
        claiming.set(customer);
    }

    private void released(Event event) {
        findings.checked(Invariant.ACCOUNTS);
        int email = emailOf(event);
        if (owners[email] != customers.of(event.payload().text("customerId")) + 1) {
            findings.violation(Invariant.ACCOUNTS, event, "is released for a customer who does not have it");
        }
        give(email, -1);
    }

    /** @param customer the number of its owner, -1 for none */
    private void give(int email, int customer) {
        if (owners[email] != 0) {
            owned[owners[email] - 1]--;
        }
        owners[email] = customer + 1;
        if (customer >= 0) {
            if (customer >= owned.length) {
                owned = Arrays.copyOf(owned, 2 * customer);
            }
            owned[customer]++;
        }
    }

    private int ownedBy(int customer) {
        return customer < owned.length ? owned[customer] : 0;
    }

    private int emailOf(Event event) {
        int email = emails.of(event.payload().text("emailKey"));
        if (email >= owners.length) {
            owners = Arrays.copyOf(owners, 2 * email);
        }
        return email;
    }

    @Override
    public void end(long now) {
        claiming.andNot(registered);
        claiming.stream()
                .forEach(customer -> findings.violation(
                        Invariant.ACCOUNTS,
                        -1,
                        "Customer " + customers.uuid(customer),
                        "has claimed an e-mail and has no account, though both are written as one"));
        registered.stream()
                .filter(customer -> ownedBy(customer) != (erased.get(customer) ? 0 : 1))
                .forEach(customer -> findings.violation(
                        Invariant.ACCOUNTS,
                        -1,
                        "Customer " + customers.uuid(customer),
                        "has %d e-mails, must have %s"
                                .formatted(ownedBy(customer), erased.get(customer) ? "none, being erased" : "one")));
    }
}
