package dev.kontor.side.platform;

/** Names of Spring profiles. */
public final class SpringProfiles {

    /** The sides run as processes of their own, over Axon Server and MongoDB. */
    public static final String DISTRIBUTED = "distributed";

    private SpringProfiles() {}
}
