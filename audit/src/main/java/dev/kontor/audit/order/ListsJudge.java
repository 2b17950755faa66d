package dev.kontor.audit.order;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Payload;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every order stands in the lists of the customer who placed it and of the sellers of its lines, and nothing else does. An
 * owner's document names the days, a day's document the parts, a part's document the orders with their moments; a part ends
 * with every {@value #STRETCH} events of the log.
 */
public final class ListsJudge implements Judge {

    private static final int STRETCH = 4_096;

    private final Findings findings;
    private final long position;
    private final ListedOrders listed = new ListedOrders();

    /** @param position up to which the view has read the log */
    public ListsJudge(long position, Findings findings) {
        this.position = position;
        this.findings = findings;
    }

    /** Reads a document of the lists; answers its digest. */
    public long read(Map<String, Object> document) {
        long digest = 0;
        for (Entry entry : entries(document)) {
            findings.checked(Invariant.VIEWS);
            digest += Hash.mix(entry.hash());
            if (!listed.add(entry.hash())) {
                tell(-1, entry.document(), "has %s twice".formatted(entry.member()));
            }
        }
        return digest;
    }

    /**
     * @param document its id
     * @param moment in milliseconds, null but for orders
     */
    private record Entry(String document, String member, Object moment) {

        long hash() {
            return Hash.field(document, member) + Hash.of(moment);
        }
    }

    /** None where the document has not the shape of a list, which is told. */
    private List<Entry> entries(Map<String, Object> document) {
        if (document.get("_id") instanceof String id && document.size() == 2) {
            String[] parts = id.split("/", -1);
            Object days = document.get("days");
            Object stretches = document.get("parts");
            Object orders = document.get("entries");
            if (parts.length == 2 && days instanceof List<?> members && !members.isEmpty()) {
                return members.stream()
                        .map(member -> new Entry(id, String.valueOf(member), null))
                        .toList();
            } else if (parts.length == 3 && stretches instanceof List<?> members && !members.isEmpty()) {
                return members.stream()
                        .map(member -> new Entry(id, String.valueOf(member), null))
                        .toList();
            } else if (parts.length == 4 && orders instanceof Map<?, ?> members && !members.isEmpty()) {
                return members.entrySet().stream()
                        .map(member -> new Entry(id, String.valueOf(member.getKey()), member.getValue()))
                        .toList();
            }
        }
        tell(-1, String.valueOf(document.get("_id")), "is no list of orders");
        return List.of();
    }

    @Override
    public void on(Event event) {
        if (!event.type().equals("order.OrderPlaced")) {
            return;
        }
        Set<String> owners = new LinkedHashSet<>();
        owners.add("customer/" + event.payload().text("customerId"));
        for (Payload line : event.payload().objects("lines")) {
            owners.add("seller/" + line.text("sellerId"));
        }
        String day = LocalDate.ofInstant(event.time(), ZoneOffset.UTC).toString();
        String part = Long.toString(event.position() / STRETCH);
        for (String owner : owners) {
            isListed(event, new Entry(owner, day, null));
            isListed(event, new Entry(owner + "/" + day, part, null));
            isListed(
                    event,
                    new Entry(
                            owner + "/" + day + "/" + part,
                            event.aggregateId(),
                            event.time().toEpochMilli()));
        }
    }

    private void isListed(Event event, Entry entry) {
        if (!listed.meet(entry.hash()) && event.position() <= position) {
            tell(
                    event.position(),
                    entry.document(),
                    entry.moment() == null
                            ? "does not have %s, where order %s is".formatted(entry.member(), event.aggregateId())
                            : "does not list order %s of %s".formatted(entry.member(), event.time()));
        }
    }

    /** Whether there may be something in the lists that is not in the log: then they must be read again. */
    public boolean hasLeft() {
        return !listed.areAllMeant();
    }

    /** Tells what in a document is not in the log. */
    public void tellLeft(Map<String, Object> document) {
        for (Entry entry : entries(document)) {
            if (!listed.isMeant(entry.hash())) {
                tell(
                        -1,
                        entry.document(),
                        "has %s%s, which is not in the log"
                                .formatted(entry.member(), entry.moment() == null ? "" : " at " + entry.moment()));
            }
        }
    }

    private void tell(long at, String document, String detail) {
        findings.violation(Invariant.VIEWS, at, "order_lists " + document, detail);
    }
}
