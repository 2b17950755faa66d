package dev.kontor.audit.identity;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.NumberedIds;
import java.util.BitSet;

/**
 * A customer on the list of admins has the role and an open account, and vice versa; the last one cannot leave the
 * list. Role and list change in one append, in any order; so they are compared at the next sign-in and at the end.
 *
 * <p>An admin from before the list exists is not on it until the next sign-in, and is not judged before.
 */
public final class AdminsJudge implements Judge {

    private final Findings findings;
    private final NumberedIds customers = new NumberedIds();
    private final BitSet admins = new BitSet();
    private final BitSet active = new BitSet();
    private final BitSet listed = new BitSet();
    /** The customers whose role and list entry must agree. */
    private final BitSet judged = new BitSet();

    private boolean listBegan;

    public AdminsJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        switch (event.type()) {
            case "customer.CustomerRegistered" -> {
                int number = role(event);
                active.set(number);
            }
            case "customer.RoleGranted" -> role(event);
            case "customer.CustomerDeactivated", "customer.CustomerErased" ->
                active.clear(customers.of(event.aggregateId()));
            case "customer.CustomerReactivated" -> {
                int number = customers.of(event.aggregateId());
                active.set(number);
                judged.set(number, judged.get(number) || listBegan);
            }
            case "identity.AdminAppointed" -> appointed(event);
            case "identity.AdminDismissed" -> dismissed(event);
            case "identity.SignInSucceeded" ->
                agree(event.position(), customers.of(event.payload().text("customerId")));
            default -> {}
        }
    }

    private int role(Event event) {
        int number = customers.of(event.aggregateId());
        boolean admin = event.payload().text("role").equals("ADMIN");
        admins.set(number, admin);
        judged.set(number, judged.get(number) || listBegan && admin);
        return number;
    }

    private void appointed(Event event) {
        int number = numberOf(event);
        if (listed.get(number)) {
            tell(event.position(), number, "is appointed an admin again");
        }
        listBegan = true;
        listed.set(number);
        judged.set(number);
    }

    private void dismissed(Event event) {
        int number = numberOf(event);
        if (!listed.get(number)) {
            tell(event.position(), number, "is dismissed as an admin, but is not on the list");
        }
        listed.clear(number);
        if (listed.isEmpty()) {
            tell(event.position(), number, "was the last admin and is dismissed");
        }
    }

    private void agree(long position, int number) {
        boolean isAdmin = admins.get(number) && active.get(number);
        if (judged.get(number) && listed.get(number) != isAdmin) {
            tell(
                    position,
                    number,
                    isAdmin
                            ? "is an admin and not on the list of admins"
                            : "is on the list of admins and none that is active");
        }
    }

    private int numberOf(Event event) {
        findings.checked(Invariant.ACCOUNTS);
        return customers.of(event.payload().text("customerId"));
    }

    private void tell(long position, int number, String what) {
        findings.violation(Invariant.ACCOUNTS, position, "Customer " + customers.uuid(number), what);
    }

    @Override
    public void end(long now) {
        judged.stream().forEach(number -> agree(-1, number));
    }
}
