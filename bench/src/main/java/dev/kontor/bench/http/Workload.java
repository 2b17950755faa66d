package dev.kontor.bench.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the clients do: one operation, or several with the frequencies of a shop. */
enum Workload {
    ORDERS(Operation.ORDER),
    HOT(Operation.HOT_ORDER),
    CART(Operation.CART),
    ITEM(Operation.ITEM),
    LIST(Operation.LIST),
    SEARCH(Operation.SEARCH),
    /** Of 10 calls: searches while orders run. */
    SEARCHING(
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.ORDER,
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.SEARCH,
            Operation.SEARCH),
    /** Of 10 calls. */
    MIXED(
            Operation.LIST,
            Operation.LIST,
            Operation.LIST,
            Operation.ITEM,
            Operation.ITEM,
            Operation.ITEM,
            Operation.ITEM,
            Operation.SEARCH,
            Operation.CART,
            Operation.ORDER);

    private final List<Operation> operations;

    Workload(Operation... operations) {
        this.operations = List.of(operations);
    }

    static Optional<Workload> named(String name) {
        return Arrays.stream(values())
                .filter(workload -> workload.label().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(", "));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param draw any number; equally distributed draws give the workload's frequencies */
    Operation operation(int draw) {
        return operations.get(Math.floorMod(draw, operations.size()));
    }

    Stream<Operation> operations() {
        return operations.stream().distinct();
    }
}
