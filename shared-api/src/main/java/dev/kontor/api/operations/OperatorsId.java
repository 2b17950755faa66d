package dev.kontor.api.operations;

/** Identifies the one stream of operators' acts in the log, where aggregates of all types share one name space. */
public record OperatorsId() {

    @Override
    public String toString() {
        return "operators";
    }
}
