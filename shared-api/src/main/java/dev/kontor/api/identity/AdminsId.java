package dev.kontor.api.identity;

/** Identifies the one list of admins in the log, where aggregates of all types share one name space. */
public record AdminsId() {

    @Override
    public String toString() {
        return "admins";
    }
}
