package dev.kontor.api;

import java.util.Map;

/**
 * Why a command was refused: the family of all reasons. It travels as the details of Axon's
 * {@code CommandExecutionException}, because type and cause of an exception do not survive the way between processes.
 */
public sealed interface Refusal {

    /** Stable and public; the wire module has one problem for each. */
    String code();

    /** For a person. */
    String message();

    /** Facts for programs, in camelCase. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    record Invalid(String field, String reason) implements Refusal {
        @Override
        public String code() {
            return "invalid-request";
        }

        @Override
        public String message() {
            return field + " " + reason;
        }
    }

    /** The aggregate that a command names does not exist. */
    record Unknown() implements Refusal {
        @Override
        public String code() {
            return "not-found";
        }

        @Override
        public String message() {
            return "There is no such thing";
        }
    }

    record NotYours() implements Refusal {
        @Override
        public String code() {
            return "forbidden";
        }

        @Override
        public String message() {
            return "This belongs to another customer";
        }
    }

    record EmailTaken() implements Refusal {
        @Override
        public String code() {
            return "email-taken";
        }

        @Override
        public String message() {
            return "The e-mail belongs to another account";
        }
    }

    record CustomerInactive() implements Refusal {
        @Override
        public String code() {
            return "customer-inactive";
        }

        @Override
        public String message() {
            return "The account is deactivated or erased";
        }
    }

    /** Nobody could make an admin any more. */
    record LastAdmin() implements Refusal {
        @Override
        public String code() {
            return "last-admin";
        }

        @Override
        public String message() {
            return "This is the last admin: make somebody else one first";
        }
    }

    /** What the command was decided on has changed meanwhile. */
    record Outdated() implements Refusal {
        @Override
        public String code() {
            return "conflict";
        }

        @Override
        public String message() {
            return "Somebody else changed this at the same time";
        }
    }

    /**
     * Another process wrote to the same thing at the same time, and was faster: nothing was written here. Asked again, the
     * command is decided on what is so now.
     */
    record Overtaken() implements Refusal {
        @Override
        public String code() {
            return "conflict";
        }

        @Override
        public String message() {
            return "Somebody else changed this at the same time";
        }
    }

    /** A store, Axon Server or another process is away. Whether anything was written is not known. */
    record Unreachable() implements Refusal {
        @Override
        public String code() {
            return "unavailable";
        }

        @Override
        public String message() {
            return "A part of the system is not reachable";
        }
    }

    record InsufficientStock(long requested, long available) implements Refusal {
        @Override
        public String code() {
            return "insufficient-stock";
        }

        @Override
        public String message() {
            return "%,d asked, %,d available".formatted(requested, available);
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of("available", Long.toString(available));
        }
    }

    record ProductIsDelisted() implements Refusal {
        @Override
        public String code() {
            return "product-delisted";
        }

        @Override
        public String message() {
            return "The product is no longer for sale";
        }
    }

    record CurrencyMismatch(String expected, String given) implements Refusal {
        @Override
        public String code() {
            return "currency-mismatch";
        }

        @Override
        public String message() {
            return "The shop trades in " + expected + ", not in " + given;
        }
    }

    record CartEmpty() implements Refusal {
        @Override
        public String code() {
            return "cart-empty";
        }

        @Override
        public String message() {
            return "There is nothing in the cart";
        }
    }

    record CartFull(int bound) implements Refusal {
        @Override
        public String code() {
            return "cart-full";
        }

        @Override
        public String message() {
            return "A cart holds at most " + bound + " lines";
        }
    }

    /**
     * The customer has so much ordered and not got yet that this would be too much.
     *
     * @param units of the order
     * @param left how many units more may be ordered; none where as many orders are open as may be
     */
    record TooManyOpenOrders(long units, long left) implements Refusal {
        @Override
        public String code() {
            return "too-many-open-orders";
        }

        @Override
        public String message() {
            return "%,d units asked, %,d more may be ordered until open orders are shipped or cancelled"
                    .formatted(units, left);
        }
    }

    record WrongOrderStatus(String status) implements Refusal {
        @Override
        public String code() {
            return "order-status";
        }

        @Override
        public String message() {
            return "The order is " + status;
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of("orderStatus", status);
        }
    }

    record KeyReused() implements Refusal {
        @Override
        public String code() {
            return "idempotency-key-reused";
        }

        @Override
        public String message() {
            return "This key stands for another request already";
        }
    }
}
