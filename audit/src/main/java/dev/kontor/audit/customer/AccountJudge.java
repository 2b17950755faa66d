package dev.kontor.audit.customer;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Numbered;
import dev.kontor.audit.NumberedIds;

/** An account is opened once; a deactivated one may only be reactivated or erased; erasure is final. */
public final class AccountJudge implements Judge {

    private enum Status {
        ACTIVE,
        DEACTIVATED,
        ERASED
    }

    private final Findings findings;
    private final NumberedIds ids = new NumberedIds();
    private final Numbered<Status> accounts = new Numbered<>(Status[]::new);

    public AccountJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        if (!event.isOf("customer")) {
            return;
        }
        findings.checked(Invariant.ACCOUNTS);
        int number = ids.of(event.aggregateId());
        Status before = accounts.get(number);
        switch (event.type()) {
            case "customer.CustomerRegistered" -> {
                expect(before == null, event, before);
                accounts.put(number, Status.ACTIVE);
            }
            case "customer.ProfileChanged", "customer.RoleGranted" -> expect(before == Status.ACTIVE, event, before);
            case "customer.CustomerDeactivated" -> {
                expect(before == Status.ACTIVE, event, before);
                accounts.put(number, Status.DEACTIVATED);
            }
            case "customer.CustomerReactivated" -> {
                expect(before == Status.DEACTIVATED, event, before);
                accounts.put(number, Status.ACTIVE);
            }
            case "customer.CustomerErased" -> {
                expect(before == Status.ACTIVE || before == Status.DEACTIVATED, event, before);
                accounts.put(number, Status.ERASED);
            }
            default -> {}
        }
    }

    private void expect(boolean holds, Event event, Status before) {
        if (!holds) {
            findings.violation(
                    Invariant.ACCOUNTS,
                    event,
                    "%s cannot happen to an account that is %s"
                            .formatted(event.type(), before == null ? "not registered" : before));
        }
    }
}
