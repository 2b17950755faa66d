package dev.kontor.side.operations;

/** Names of Spring profiles. */
public final class Profiles {

    /** The sides run as processes of their own, over Axon Server and MongoDB. */
    public static final String DISTRIBUTED = "distributed";

    private Profiles() {}
}
