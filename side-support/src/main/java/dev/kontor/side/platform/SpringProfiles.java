package dev.kontor.side.platform;

public final class SpringProfiles {

    /** The sides run as separate processes, with Axon Server and MongoDB. */
    public static final String DISTRIBUTED = "distributed";

    private SpringProfiles() {}
}
